// The most probable token of each row; the smallest of those that are equal; -1 where logits are no numbers.
#include "common.cuh"

namespace consort::sample {

struct Best {
    float value;
    int token;
};

__device__ __forceinline__ Best better(Best a, Best b) {
    bool takeB = b.value > a.value || (b.value == a.value && b.token < a.token);
    return takeB ? b : a;
}

__device__ __forceinline__ Best warpBest(Best best) {
#pragma unroll
    for (int lane = WARP / 2; lane > 0; lane /= 2) {
        Best other = {__shfl_xor_sync(0xffffffffu, best.value, lane),
                      __shfl_xor_sync(0xffffffffu, best.token, lane)};
        best = better(best, other);
    }
    return best;
}


// A row's blocks share it (gridDim.y); the last to finish compares what they found. Given positions, it also makes
// the choices what the next step reads, and `chosen` has two places for each row, for even and odd positions.
extern "C" __global__ void argmax(const float* logits, int vocabulary, float* values, int* tokens,
                                  uint32_t* tickets, int* chosen, int* nextTokens, int* positions) {
    __shared__ Best found[WARP];
    __shared__ uint32_t ticket;
    letNextStart();
    awaitPrevious();
    const float* row = logits + (size_t)blockIdx.x * vocabulary;
    Best best = {-INFINITY, 0x7fffffff};
    for (int i = blockIdx.y * blockDim.x + threadIdx.x; i < vocabulary; i += gridDim.y * blockDim.x) {
        float value = row[i];
        // What is no number, or infinite, wins as token -1.
        best = better(best, value < INFINITY ? Best{value, i} : Best{INFINITY, -1});
    }
    best = warpBest(best);
    if (threadIdx.x % WARP == 0) {
        found[threadIdx.x / WARP] = best;
    }
    __syncthreads();
    int place = blockIdx.x * gridDim.y;
    if (threadIdx.x == 0) {
        for (int warp = 1; warp < blockDim.x / WARP; warp++) {
            best = better(best, found[warp]);
        }
        __stcg(values + place + blockIdx.y, best.value);
        __stcg(tokens + place + blockIdx.y, best.token);
        __threadfence();
        ticket = atomicAdd(tickets + blockIdx.x, 1);
        if (ticket == gridDim.y - 1) {
            __threadfence();
            tickets[blockIdx.x] = 0;
            Best all = {-INFINITY, 0x7fffffff};
            for (int i = 0; i < gridDim.y; i++) {
                all = better(all, {__ldcg(values + place + i), __ldcg(tokens + place + i)});
            }
            int token = all.value == -INFINITY ? -1 : all.token;
            if (positions == nullptr) {
                chosen[blockIdx.x] = token;
            } else {
                int position = positions[blockIdx.x];
                chosen[2 * blockIdx.x + position % 2] = token;
                nextTokens[blockIdx.x] = max(token, 0);
                positions[blockIdx.x] = position + 1;
            }
        }
    }
}

}  // namespace consort::sample
