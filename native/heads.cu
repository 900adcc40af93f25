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
