// How the blocks of `thin.cu` bring weights and rows to shared memory.
#pragma once

#include "barriers.cuh"

namespace consort::thin {

constexpr int ROWS = 16;         // of x at most
constexpr int OUTPUTS = 128;     // of a block at most
constexpr int STEP = 64;         // values of the summed index
constexpr int STEP_BYTES = 128;  // of a row
constexpr int MOST_STAGES = 8;
constexpr int COMPUTING = 128;   // threads
constexpr int THREADS = 192;     // a warp brings, and one waits for the kernel in front
constexpr int AHEAD = 4;         // steps behind the ring that the cache fetches
constexpr int PACE = 1200;       // cycles from one such step to the next
constexpr int EARLY = 6;         // steps before the last one from which on the next kernel may start

struct ThinArguments {
    const float* bias;  // [out], or null
    void* y;            // [rows][out] float32; gated: [rows][out / 2] activations
    int rows;
    int out;
    int height;         // outputs of a block, or of a cluster; a multiple of 16. Gated: half of them are gates
    int steps;          // of a block
    int stages;         // of the ring
    int add;            // 1: y += x W^T
    int activation;     // of a gated product
};

#if __CUDA_ARCH__ == 900

struct Barriers {
    uint64_t full[MOST_STAGES];
    uint64_t empty[MOST_STAGES];
    uint64_t released;  // the kernel in front has ended
};

// A place in the ring.
struct RingPosition {
    int stage;
    int stages;
    uint32_t parity = 0;

    __device__ __forceinline__ RingPosition(int step, int stages) : stage(step), stages(stages) { wrap(); }

    __device__ __forceinline__ void advance() {
        stage++;
        wrap();
    }

    __device__ __forceinline__ void wrap() {
        if (stage == stages) {
            stage = 0;
            parity ^= 1;
        }
    }
};

template <int CLUSTER, bool GATED>
struct Ring {
    static constexpr int PARTS = CLUSTER == 1 ? 0 : OUTPUTS * ROWS * sizeof(float);  // sums of other blocks

    const ThinArguments& a;
    const TensorMap& weights;
    const TensorMap& x;
    char* parts;
    char* ring;
    char* ringOfX;
    Barriers& barriers;
    int rank = blockIdx.x % CLUSTER;
    int tile = blockIdx.x / CLUSTER;

    __device__ __forceinline__ Ring(const ThinArguments& arguments, const TensorMap& weights, const TensorMap& x,
                                    char* shared)
        : a(arguments), weights(weights), x(x), parts(shared), ring(shared + PARTS),
          ringOfX(ring + a.stages * a.height * STEP_BYTES),
          barriers(*reinterpret_cast<Barriers*>(ringOfX + a.stages * ROWS * STEP_BYTES)) {}

    __device__ __forceinline__ void prepare() const {
        for (int stage = 0; stage < a.stages; stage++) {
            prepareBarrier(&barriers.full[stage], 1);
            prepareBarrier(&barriers.empty[stage], COMPUTING / WARP);
        }
        prepareBarrier(&barriers.released, 1);
        asm volatile("fence.mbarrier_init.release.cluster;" ::: "memory");
    }

    __device__ __forceinline__ int columnOf(int step) const { return (rank * a.steps + step) * STEP; }

    __device__ __forceinline__ void bringWeights(int step, int stage, uint64_t policy) const {
        char* to = ring + stage * a.height * STEP_BYTES;
        uint64_t* full = &barriers.full[stage];
        expectBytes(full, (a.height + ROWS) * STEP_BYTES);
        if constexpr (GATED) {
            int half = a.height / 2;
            bringBox(to, weights, columnOf(step), tile * half, full, policy);
            bringBox(to + half * STEP_BYTES, weights, columnOf(step), a.out / 2 + tile * half, full, policy);
        } else {
            bringBox(to, weights, columnOf(step), tile * a.height, full, policy);
        }
    }

    __device__ __forceinline__ void expectWeights(int step) const {
        if constexpr (GATED) {
            int half = a.height / 2;
            expectBox(weights, columnOf(step), tile * half);
            expectBox(weights, columnOf(step), a.out / 2 + tile * half);
        } else {
            expectBox(weights, columnOf(step), tile * a.height);
        }
    }

    __device__ __forceinline__ void bringX(int step, int stage) const {
        bringBox(ringOfX + stage * ROWS * STEP_BYTES, x, columnOf(step), 0, &barriers.full[stage]);
    }

    __device__ __forceinline__ void bring() const {
        uint64_t policy;
        asm volatile("createpolicy.fractional.L2::evict_first.b64 %0, 1.0;" : "=l"(policy));
        int begun = bringAhead(policy);
        awaitPrevious();
        for (int step = 0; step < begun; step++) {
            bringX(step, step);
        }
        RingPosition at = {begun, a.stages};
        for (int step = begun; step < a.steps; step++, at.advance()) {
            if (step >= a.stages) {
                consort::await(&barriers.empty[at.stage], at.parity ^ 1);
            }
            bringWeights(step, at.stage, policy);
            bringX(step, at.stage);
            if (step >= a.steps - 1 - EARLY) {
                letNextStart();
            }
        }
        letNextStart();
    }

    // Brings weights until the kernel in front has ended, and says of how many steps they are in the ring.
    __device__ __forceinline__ int bringAhead(uint64_t policy) const {
        int most = min(a.steps, a.stages + AHEAD);
        int asked = 0;
        long long last = clock64();
        while (!isOver(&barriers.released, 0)) {
            if (asked < most && (asked < a.stages || clock64() - last >= PACE)) {
                if (asked < a.stages) {
                    bringWeights(asked, asked, policy);
                } else {
                    expectWeights(asked);
                }
                asked++;
                last = clock64();
            }
        }
        return min(asked, a.stages);
    }
};

#endif

}  // namespace consort::thin
