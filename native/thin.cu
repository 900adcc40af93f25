// y = x W^T for up to 16 rows on Hopper, at the speed at which W can be read.
//
// A block computes up to 128 outputs. One thread lets the bulk copy engine bring steps of 64 values of the block's rows of
// W and of x to a ring in shared memory, from where the tensor cores read both. W does not depend on the kernel in
// front: until that has ended, the thread fills the ring and then has the cache fetch further steps, at the pace of the
// memory, because whatever the kernel in front waits for would stand behind more. Where outputs are too few to fill the
// device, four blocks of a cluster share the summed index, send each other their sums, and add them up in a fixed order.
#include "formats.cuh"
#include "thin_ring.cuh"
#include "wgmma.cuh"

namespace consort::thin {

#if __CUDA_ARCH__ == 900

template <typename T, int CLUSTER, bool GATED>
struct Thin : Ring<CLUSTER, GATED> {
    using Base = Ring<CLUSTER, GATED>;
    using Base::a, Base::parts, Base::ring, Base::ringOfX, Base::barriers, Base::rank, Base::tile;
    using Base::Base;

    static constexpr int BLOCKS = OUTPUTS / 64;  // of 64 outputs
    static constexpr int PITCH = OUTPUTS + 4;    // of sums of a block alone, without bank conflicts

    __device__ __forceinline__ void compute(float (&d)[BLOCKS][8]) const {
        RingPosition at = {0, a.stages};
        for (int step = 0; step < a.steps; step++, at.advance()) {
            consort::await(&barriers.full[at.stage], at.parity);
            uint64_t rows = wgmma::describe<wgmma::OF_128_BYTES>(ring + at.stage * a.height * STEP_BYTES);
            uint64_t columns = wgmma::describe<wgmma::OF_128_BYTES>(ringOfX + at.stage * ROWS * STEP_BYTES);
            hold(d);
            wgmma::begin();
#pragma unroll
            for (int i = 0; i < STEP / 16; i++) {
#pragma unroll
                for (int block = 0; block < BLOCKS; block++) {
                    wgmma::multiplyAddShared(T(), d[block], rows + block * (64 * STEP_BYTES / 16) + i * 2, columns + i * 2);
                }
            }
            wgmma::submit();
            hold(d);
            wgmma::await<0>();
            if (threadIdx.x % WARP == 0) {
                arrive(&barriers.empty[at.stage]);
            }
        }
    }

    __device__ __forceinline__ static void hold(float (&d)[BLOCKS][8]) {
#pragma unroll
        for (int block = 0; block < BLOCKS; block++) {
            wgmma::hold(d[block]);
        }
    }

    __device__ __forceinline__ static void meetComputing() { asm volatile("bar.sync 1, %0;" ::"n"(COMPUTING) : "memory"); }

    // Leaves sums where the ring was: [row][output], or for each block of the cluster [row][its outputs].
    __device__ __forceinline__ void put(const float (&d)[BLOCKS][8]) const {
        float* sums = reinterpret_cast<float*>(ring);
        int slice = a.height / CLUSTER;
        meetComputing();
#pragma unroll
        for (int i = 0; i < BLOCKS * 8; i++) {
            int output = i / 8 * 64 + threadIdx.x / WARP * 16 + i / 2 % 2 * 8 + threadIdx.x % WARP / 4;
            int row = i / 4 % 2 * 8 + threadIdx.x % 4 * 2 + i % 2;
            if constexpr (CLUSTER == 1) {
                sums[row * PITCH + output] = d[i / 8][i % 8];
            } else if (output < a.height) {
                int owner = output / slice;
                sums[(owner * ROWS + row) * slice + output - owner * slice] = d[i / 8][i % 8];
            }
        }
        meetComputing();
    }

    // Gives each block of the cluster the sums of its outputs.
    __device__ __forceinline__ void send() const {
        int size = a.height / CLUSTER * ROWS / 4;
        if (threadIdx.x < size) {
#pragma unroll
            for (int i = 0; i < CLUSTER; i++) {
                int owner = (rank + i) % CLUSTER;
                void* there = __cluster_map_shared_rank(parts, owner);
                static_cast<float4*>(there)[rank * size + threadIdx.x] =
                    reinterpret_cast<const float4*>(ring)[owner * size + threadIdx.x];
            }
        }
    }

    // Where four neighbouring outputs of a row of this block go; null for rows and outputs that there are not.
    __device__ __forceinline__ float4* place(int i, float4& bias) const {
        int slice = a.height / CLUSTER;
        int row = i / (slice / 4);
        int output = tile * a.height + rank * slice + i % (slice / 4) * 4;
        if (row >= a.rows || output >= a.out) {
            return nullptr;
        }
        bias = a.bias == nullptr ? make_float4(0, 0, 0, 0) : *reinterpret_cast<const float4*>(a.bias + output);
        return reinterpret_cast<float4*>(static_cast<float*>(a.y) + (size_t)row * a.out + output);
    }

    __device__ __forceinline__ static float4 plus(float4 a, float4 b) {
        return make_float4(a.x + b.x, a.y + b.y, a.z + b.z, a.w + b.w);
    }

    __device__ __forceinline__ float4 at(int row, int output) const {
        return *reinterpret_cast<const float4*>(reinterpret_cast<float*>(ring) + row * PITCH + output);
    }

    __device__ __forceinline__ void finishAlone() const {
        int fours = a.height / 4;
        for (int i = threadIdx.x; i < fours * a.rows; i += COMPUTING) {
            float4 bias;
            float4* y = place(i, bias);
            if (y != nullptr) {
                float4 sum = plus(bias, at(i / fours, i % fours * 4));
                *y = a.add != 0 ? plus(*y, sum) : sum;
            }
        }
    }

    __device__ __forceinline__ void finishGated() const {
        int half = a.height / 2;
        int fours = half / 4;
        for (int i = threadIdx.x; i < fours * a.rows; i += COMPUTING) {
            int row = i / fours;
            int output = i % fours * 4;
            float4 gate = at(row, output);
            float4 up = at(row, half + output);
            uint2 made = make_uint2(
                packPair<T>(gated(gate.x, up.x, a.activation), gated(gate.y, up.y, a.activation)),
                packPair<T>(gated(gate.z, up.z, a.activation), gated(gate.w, up.w, a.activation)));
            T* y = static_cast<T*>(a.y) + (size_t)row * (a.out / 2) + tile * half + output;
            *reinterpret_cast<uint2*>(y) = made;
        }
    }

    // What the cluster's sums are added to, read before there are any.
    struct Before {
        float4* y;
        float4 value;
    };

    __device__ __forceinline__ Before before() const {
        Before found = {};
        found.y = place(threadIdx.x, found.value);
        if (found.y != nullptr && a.add != 0) {
            found.value = plus(found.value, __ldcg(found.y));
        }
        return found;
    }

    __device__ __forceinline__ void finishTogether(const Before& before) const {
        int size = a.height / CLUSTER * ROWS / 4;
        if (before.y != nullptr) {
            float4 sum = before.value;
#pragma unroll
            for (int other = 0; other < CLUSTER; other++) {
                sum = plus(sum, reinterpret_cast<const float4*>(parts)[other * size + threadIdx.x]);
            }
            *before.y = sum;
        }
    }
};

__device__ __forceinline__ void arriveAtCluster() {
    asm volatile("barrier.cluster.arrive.release.aligned;" ::: "memory");
}

__device__ __forceinline__ void awaitCluster() { asm volatile("barrier.cluster.wait.acquire.aligned;" ::: "memory"); }

template <typename T, int CLUSTER, bool GATED>
__device__ __forceinline__ void thin(const ThinArguments& a, const TensorMap& weights, const TensorMap& x) {
    static_assert(CLUSTER == 1 || OUTPUTS / CLUSTER / 4 * ROWS == COMPUTING, "a thread ends four sums of a cluster");
    extern __shared__ __align__(1024) char memory[];
    using All = Thin<T, CLUSTER, GATED>;
    All all(a, weights, x, memory);
    if (threadIdx.x == COMPUTING) {
        all.prepare();
    }
    __syncthreads();
    if constexpr (CLUSTER > 1) {
        arriveAtCluster();  // others can write here from now on
    }
    typename All::Before before = {};
    if (threadIdx.x >= COMPUTING) {
        if (threadIdx.x == COMPUTING) {
            all.bring();
        } else if (threadIdx.x == COMPUTING + WARP) {
            awaitPrevious();
            arrive(&all.barriers.released);
        }
        __syncwarp();
        if constexpr (CLUSTER > 1) {
            awaitCluster();
        }
    } else {
        float d[All::BLOCKS][8] = {};
        if constexpr (CLUSTER > 1) {
            awaitCluster();
            awaitPrevious();
            before = all.before();
            all.compute(d);
            all.put(d);
            all.send();
        } else {
            all.compute(d);
            awaitPrevious();
            all.put(d);
            if constexpr (GATED) {
                all.finishGated();
            } else {
                all.finishAlone();
            }
        }
    }
    if constexpr (CLUSTER > 1) {
        arriveAtCluster();  // all sums are where they belong, and nobody writes here any more
        awaitCluster();
        if (threadIdx.x < COMPUTING) {
            all.finishTogether(before);
        }
    }
}

#define THIN(T, CLUSTER, GATED) thin<T, CLUSTER, GATED>(a, weights, x);
#define OF_CLUSTER(CLUSTER) __cluster_dims__(CLUSTER, 1, 1)
#else
#define THIN(T, CLUSTER, GATED)
#define OF_CLUSTER(CLUSTER)
#endif

#define KERNEL(NAME, T, CLUSTER, GATED)                                                           \
    extern "C" __global__ void OF_CLUSTER(CLUSTER) __launch_bounds__(THREADS)                     \
        NAME(const __grid_constant__ ThinArguments a, const __grid_constant__ TensorMap weights,  \
             const __grid_constant__ TensorMap x) {                                               \
        THIN(T, CLUSTER, GATED)                                                                   \
    }

#define KERNELS(NAME, T)                         \
    KERNEL(thin_##NAME##_1, T, 1, false)         \
    KERNEL(thin_##NAME##_4, T, 4, false)         \
    KERNEL(thin_gated_##NAME, T, 1, true)

KERNELS(bf16, Bf16)
KERNELS(f16, F16)

}  // namespace consort::thin
