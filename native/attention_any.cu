// Attention for every size of head and every type: a warp for each query head of a row. Slow and simple;
// what the fast kernels cannot do, and what they are checked against.
#include "attention.cuh"
#include "heads.cuh"

namespace consort::attention_any {

constexpr int WARPS = 4;
constexpr int PER_LANE = LARGEST_HEAD / WARP;

template <typename Query, typename Cache, typename Mixed>
__device__ __forceinline__ void attendAny(const AttentionArguments& a) {
    letNextStart();
    awaitPrevious();
    int lane = threadIdx.x % WARP;
    int head = blockIdx.y * WARPS + threadIdx.x / WARP;
    int row = blockIdx.x;
    if (head >= a.queryHeads) {
        return;
    }
    size_t place = ((size_t)row * a.queryHeads + head) * a.size;
    const Query* query = static_cast<const Query*>(a.queries) + place;
    int keyHead = head / (a.queryHeads / a.keyHeads);
    float q[PER_LANE], sums[PER_LANE];
#pragma unroll
    for (int i = 0; i < PER_LANE; i++) {
        int dimension = i * WARP + lane;
        q[i] = dimension < a.size ? toFloat(query[dimension]) : 0;
        sums[i] = 0;
    }
    int position = a.positions[row];
    float largest = -INFINITY, total = 0;
    for (int at = firstVisible(a, position); at <= position; at++) {
        int block = a.tables[a.tableStarts[row] + at / BLOCK_POSITIONS];
        int slot = at % BLOCK_POSITIONS;
        const Cache* key = static_cast<const Cache*>(a.keys) + blockOffset(a, block, keyHead) + slot * a.size;
        const Cache* value = static_cast<const Cache*>(a.values) + blockOffset(a, block, keyHead) + slot;
        float product = 0;
#pragma unroll
        for (int i = 0; i < PER_LANE; i++) {
            int dimension = i * WARP + lane;
            if (dimension < a.size) {
                product += q[i] * toFloat(key[dimension]);
            }
        }
        float s = score(a, warpSum(product));
        float next = fmaxf(largest, s);
        float kept = powerOfTwo(largest - next);
        float weight = powerOfTwo(s - next);
        total = total * kept + weight;
        largest = next;
#pragma unroll
        for (int i = 0; i < PER_LANE; i++) {
            int dimension = i * WARP + lane;
            if (dimension < a.size) {
                sums[i] = sums[i] * kept + weight * toFloat(value[dimension * BLOCK_POSITIONS]);
            }
        }
    }
    Mixed* mixed = static_cast<Mixed*>(a.mixed) + place;
#pragma unroll
    for (int i = 0; i < PER_LANE; i++) {
        int dimension = i * WARP + lane;
        if (dimension < a.size) {
            mixed[dimension] = fromFloat<Mixed>(sums[i] / total);
        }
    }
}


#define ATTEND_ANY(NAME, QUERY, CACHE, MIXED)                                                  \
    extern "C" __global__ void __launch_bounds__(WARPS * WARP)                                 \
        attend_any_##NAME(const __grid_constant__ AttentionArguments a) {                      \
        attendAny<QUERY, CACHE, MIXED>(a);                                                     \
    }
ATTEND_ANY(f32_f32, float, float, float)
ATTEND_ANY(bf16_f32, Bf16, Bf16, float)
ATTEND_ANY(bf16_bf16, Bf16, Bf16, Bf16)
ATTEND_ANY(bf16_f16, Bf16, Bf16, F16)

}  // namespace consort::attention_any
