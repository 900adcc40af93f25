// Normalises and rotates the heads of packed rows, writes the queries out and puts keys and values into
// the cache. A warp for each head of a row.
#include "heads.cuh"

namespace consort::heads {

constexpr int WARPS = 8;

template <typename In, typename Query, typename Cache>
__device__ __forceinline__ void heads(const HeadsArguments& a) {
    __shared__ float shared[WARPS][LARGEST_HEAD];
    letNextStart();
    awaitPrevious();
    int head = blockIdx.y * WARPS + threadIdx.x / WARP;
    if (head >= a.queryHeads + 2 * a.keyHeads) {
        return;
    }
    int row = blockIdx.x;
    float* mine = shared[threadIdx.x / WARP];
    readHead<In>(a, row, head, mine);
    if (head >= a.queryHeads) {
        int keyHead = (head - a.queryHeads) % a.keyHeads;
        keepHead<Cache>(a, row, keyHead, head >= a.queryHeads + a.keyHeads, mine);
        return;
    }
    Query* to = static_cast<Query*>(a.queries) + ((size_t)row * a.queryHeads + head) * a.size;
    for (int i = threadIdx.x % WARP; i < a.size; i += WARP) {
        to[i] = fromFloat<Query>(mine[i]);
    }
}

// The same where a head's first half is rotated with its second: a block takes all heads of a row, and a warp keeps
// the sines and cosines for all of its own.
template <int SIZE>
__device__ __forceinline__ void allHeads(const HeadsArguments& a) {
    constexpr int COUNT = SIZE / WARP;  // of a lane
    int row = blockIdx.x;
    int lane = threadIdx.x % WARP;
    int all = a.queryHeads + 2 * a.keyHeads;
    letNextStart();
    awaitPrevious();
    const float* packed = static_cast<const float*>(a.packed) + (size_t)row * all * SIZE;
    int position = a.positions[row];
    int block = a.tables[a.tableStarts[row] + position / BLOCK_POSITIONS];
    int slot = position % BLOCK_POSITIONS;
    float sines[COUNT / 2], cosines[COUNT / 2];
#pragma unroll
    for (int j = 0; j < COUNT / 2; j++) {
        sincosf(a.frequencies[(size_t)row * a.frequencyStride + j * WARP + lane] * position, &sines[j], &cosines[j]);
        sines[j] *= a.rotationScale;
        cosines[j] *= a.rotationScale;
    }
    for (int head = threadIdx.x / WARP; head < all; head += WARPS) {
        float values[COUNT];
        float squares = 0;
#pragma unroll
        for (int j = 0; j < COUNT; j++) {
            values[j] = __ldcs(packed + head * SIZE + j * WARP + lane);
            squares += values[j] * values[j];
        }
        bool isQuery = head < a.queryHeads;
        bool isValue = head >= a.queryHeads + a.keyHeads;
        const float* norm = isQuery ? a.queryNorm : isValue ? nullptr : a.keyNorm;
        if (norm != nullptr) {
            float factor = rsqrtf(warpSum(squares) / SIZE + a.epsilon);
#pragma unroll
            for (int j = 0; j < COUNT; j++) {
                values[j] *= factor * norm[j * WARP + lane];
            }
        }
#pragma unroll
        for (int j = 0; j < COUNT / 2 && !isValue; j++) {
            float left = values[j];
            float right = values[j + COUNT / 2];
            values[j] = left * cosines[j] - right * sines[j];
            values[j + COUNT / 2] = right * cosines[j] + left * sines[j];
        }
        int keyHead = (head - a.queryHeads) % a.keyHeads;
        size_t offset = ((size_t)block * a.keyHeads + keyHead) * BLOCK_POSITIONS * SIZE;
        Bf16* to = isQuery ? static_cast<Bf16*>(a.queries) + ((size_t)row * a.queryHeads + head) * SIZE
                   : isValue ? static_cast<Bf16*>(a.values) + offset + slot
                             : static_cast<Bf16*>(a.keys) + offset + slot * SIZE;
        int stride = isValue ? BLOCK_POSITIONS : 1;
#pragma unroll
        for (int j = 0; j < COUNT; j++) {
            to[(j * WARP + lane) * stride] = fromFloat<Bf16>(values[j]);
        }
    }
}

#define ALL_HEADS(SIZE)                                                                        \
    extern "C" __global__ void __launch_bounds__(WARPS * WARP)                                 \
        all_heads_##SIZE(const __grid_constant__ HeadsArguments a) {                           \
        allHeads<SIZE>(a);                                                                     \
    }
ALL_HEADS(64)
ALL_HEADS(128)

#define HEADS(NAME, IN, QUERY, CACHE)                                                          \
    extern "C" __global__ void __launch_bounds__(WARPS * WARP)                                 \
        heads_##NAME(const __grid_constant__ HeadsArguments a) {                               \
        heads<IN, QUERY, CACHE>(a);                                                            \
    }
HEADS(f32_f32, float, float, float)
HEADS(f32_bf16, float, Bf16, Bf16)
HEADS(bf16_bf16, Bf16, Bf16, Bf16)
HEADS(f16_bf16, F16, Bf16, Bf16)

}  // namespace consort::heads
