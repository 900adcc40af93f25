// From packed rows of queries, keys and values to single heads, normalised and rotated.
#pragma once

#include "common.cuh"

namespace consort {

constexpr int LARGEST_HEAD = 512;

struct HeadsArguments {
    const void* packed;        // [rows][queries + 2 keys][size]
    const float* queryNorm;    // [size], or null
    const float* keyNorm;      // [size], or null
    const float* frequencies;  // [pairs], or [rows][pairs]
    const int* positions;      // [rows]
    const int* tables;         // block tables of all sequences
    const int* tableStarts;    // [rows] where a row's sequence's table begins
    void* queries;             // [rows][queries][size]
    void* keys;                // the layer's part of the cache
    void* values;
    int queryHeads, keyHeads, size;
    int pairs;                 // rotated pairs: half the rotated dimensions
    int frequencyStride;       // 0, or pairs
    float epsilon;
    float rotationScale;
};

// A warp normalises and rotates a head, if it is a query or a key, in `mine`, its shared memory, where each lane has
// put every 32nd value. `squares` is the lane's sum of them.
__device__ __forceinline__ void turnHead(const HeadsArguments& a, int row, int head, float squares, float* mine) {
    int lane = threadIdx.x % WARP;
    if (head >= a.queryHeads + a.keyHeads) {
        __syncwarp();
        return;
    }
    const float* norm = head < a.queryHeads ? a.queryNorm : a.keyNorm;
    if (norm != nullptr) {
        float factor = rsqrtf(warpSum(squares) / a.size + a.epsilon);
        for (int i = lane; i < a.size; i += WARP) {
            mine[i] *= factor * norm[i];
        }
    }
    __syncwarp();
    int position = a.positions[row];
    const float* frequencies = a.frequencies + (size_t)row * a.frequencyStride;
    for (int i = lane; i < a.pairs; i += WARP) {
        float sine, cosine;
        sincosf(frequencies[i] * position, &sine, &cosine);
        sine *= a.rotationScale;
        cosine *= a.rotationScale;
        float left = mine[i];
        float right = mine[i + a.pairs];
        mine[i] = left * cosine - right * sine;
        mine[i + a.pairs] = right * cosine + left * sine;
    }
    __syncwarp();
}

// The same for a head that lies in memory.
template <typename In>
__device__ __forceinline__ void readHead(const HeadsArguments& a, int row, int head, float* mine) {
    int lane = threadIdx.x % WARP;
    int all = a.queryHeads + 2 * a.keyHeads;
    const In* from = static_cast<const In*>(a.packed) + ((size_t)row * all + head) * a.size;
    float squares = 0;
    for (int i = lane; i < a.size; i += WARP) {
        float value = toFloat(from[i]);
        mine[i] = value;
        squares += value * value;
    }
    turnHead(a, row, head, squares, mine);
}

// A warp puts the key or value of a row into the cache: keys as [16 positions][size] of a block and key
// head, values as [size][16 positions], so that attention reads both as the tensor cores take them.
template <typename Cache>
__device__ __forceinline__ void keepHead(const HeadsArguments& a, int row, int keyHead, bool isValue,
                                         const float* mine) {
    int position = a.positions[row];
    int block = a.tables[a.tableStarts[row] + position / BLOCK_POSITIONS];
    int slot = position % BLOCK_POSITIONS;
    size_t offset = ((size_t)block * a.keyHeads + keyHead) * BLOCK_POSITIONS * a.size;
    Cache* to = static_cast<Cache*>(isValue ? a.values : a.keys) + offset;
    for (int i = threadIdx.x % WARP; i < a.size; i += WARP) {
        to[isValue ? i * BLOCK_POSITIONS + slot : slot * a.size + i] = fromFloat<Cache>(mine[i]);
    }
}

}  // namespace consort
