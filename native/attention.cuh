// What the attention kernels share.
//
// Scores of a block's 16 positions come from two products of 8 columns each. Column n of product j
// stands for position 4 (n / 2) + n % 2 + 2 j, so that the four scores of a lane are those of four
// neighbouring positions, and the values that they weigh lie in 8 bytes.
#pragma once

#include "common.cuh"

namespace consort {

constexpr float LOG2_E = 1.4426950408889634f;

struct AttentionArguments {
    const void* queries;     // [rows][queryHeads][size]
    const void* keys;        // the layer's part of the cache: [block][keyHead][16][size]
    const void* values;      // likewise: [block][keyHead][size][16]
    const int* positions;    // [rows]
    const int* tables;       // block tables of all sequences
    const int* tableStarts;  // [rows] where a row's sequence's table begins
    const int4* tiles;       // prefill: first row, rows, position of the first row, start of the table
    void* mixed;             // [rows][queryHeads][size]
    float* partial;          // decode: results of blocks that share a sequence
    uint32_t* tickets;       // decode: zero, [rows][keyHeads]
    int queryHeads, keyHeads, size;
    float scale;
    float cap;               // 0: none
    int window;              // 0: none
};

__device__ __forceinline__ int firstVisible(const AttentionArguments& a, int position) {
    return a.window > 0 ? max(0, position - a.window + 1) : 0;
}

// The score of a product, in powers of two.
__device__ __forceinline__ float score(const AttentionArguments& a, float product) {
    float value = product * a.scale;
    if (a.cap > 0) {
        value = a.cap * tanhf(value / a.cap);
    }
    return value * LOG2_E;
}

__device__ __forceinline__ float quadMax(float x) {
    x = fmaxf(x, __shfl_xor_sync(0xffffffffu, x, 1));
    return fmaxf(x, __shfl_xor_sync(0xffffffffu, x, 2));
}

__device__ __forceinline__ float quadSum(float x) {
    x += __shfl_xor_sync(0xffffffffu, x, 1);
    return x + __shfl_xor_sync(0xffffffffu, x, 2);
}

// Where the block of a position of a row's sequence begins, for a key head.
__device__ __forceinline__ size_t blockOffset(const AttentionArguments& a, int block, int keyHead) {
    return ((size_t)block * a.keyHeads + keyHead) * BLOCK_POSITIONS * a.size;
}

// Copies 16 bytes to shared memory, or sets them to zero.
__device__ __forceinline__ void copyAsync(void* shared, const void* global, bool inside) {
    uint32_t to = static_cast<uint32_t>(__cvta_generic_to_shared(shared));
    int bytes = inside ? 16 : 0;
    asm volatile("cp.async.cg.shared.global [%0], [%1], 16, %2;" ::"r"(to), "l"(global), "r"(bytes));
}

__device__ __forceinline__ void endCopies() { asm volatile("cp.async.commit_group;"); }

template <int PENDING>
__device__ __forceinline__ void awaitCopies() {
    asm volatile("cp.async.wait_group %0;" ::"n"(PENDING));
}

}  // namespace consort
