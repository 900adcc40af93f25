// Blocks that share a row: a cluster where the device has them, one block elsewhere. What one of them has in shared
// memory the others can read, between two meetings.
#pragma once

#include "common.cuh"

#include <cooperative_groups.h>

namespace consort::team {

#if __CUDA_ARCH__ >= 900

#define CONSORT_TEAM __cluster_dims__(8, 1, 1)

constexpr int SIZE = 8;  // Draws.BLOCKS_OF_ROW

__device__ __forceinline__ int rank() { return (int)cooperative_groups::this_cluster().block_rank(); }

__device__ __forceinline__ void meet() { cooperative_groups::this_cluster().sync(); }

template <typename T>
__device__ __forceinline__ T* of(T* mine, int rank) {
    return static_cast<T*>(__cluster_map_shared_rank(const_cast<void*>(static_cast<const void*>(mine)), rank));
}

#else

#define CONSORT_TEAM

constexpr int SIZE = 1;

__device__ __forceinline__ int rank() { return 0; }

__device__ __forceinline__ void meet() { __syncthreads(); }

template <typename T>
__device__ __forceinline__ T* of(T* mine, int) {
    return mine;
}

#endif

}  // namespace consort::team
