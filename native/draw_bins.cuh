// Searches in what the blocks of a team have counted: each adds up a part of the bins, and one thread finds the place.
#pragma once

#include "draw_part.cuh"

namespace consort::draw {

// What a block's threads in front of this one have; `room.all` becomes what all have.
__device__ __forceinline__ Amount scan(Room& room, Amount mine) {
    int lane = threadIdx.x % WARP;
    Amount sum = mine;
#pragma unroll
    for (int other = 1; other < WARP; other *= 2) {
        Amount lower = {__shfl_up_sync(ALL_LANES, sum.count, other), __shfl_up_sync(ALL_LANES, sum.weight, other)};
        if (lane >= other) {
            sum = sum + lower;
        }
    }
    if (lane == WARP - 1) {
        room.warps[threadIdx.x / WARP] = sum;
    }
    __syncthreads();
    Amount before = {sum.count - mine.count, sum.weight - mine.weight};
    for (int i = 0; i < threadIdx.x / WARP; i++) {
        before = before + room.warps[i];
    }
    if (threadIdx.x == THREADS - 1) {
        room.all = before + mine;
    }
    return before;
}

// What the team has counted. Each block adds up its part of the bins, of which each thread then has some neighbours.
struct Bins {
    Room& room;
    Amount mine[OF_THREAD];
    Amount before = {0, 0};
    Amount all = {0, 0};

    __device__ __forceinline__ explicit Bins(Room& shared) : room(shared) {
        merge();
        Amount sum = {0, 0};
#pragma unroll
        for (int i = 0; i < OF_THREAD; i++) {
            int bin = threadIdx.x * OF_THREAD + i;
            mine[i] = bin < OF_BLOCK ? room.merged[bin] : Amount{0, 0};
            sum = sum + mine[i];
        }
        before = scan(room, sum);
        team::meet();
#pragma unroll
        for (int i = 0; i < team::SIZE; i++) {
            Amount other = *team::of(&room.all, i);
            before = i < team::rank() ? before + other : before;
            all = all + other;
        }
    }

    // Neighbouring lanes read the same bin of different blocks.
    __device__ __forceinline__ void merge() const {
        int other = threadIdx.x % team::SIZE;
        const Histogram& from = *team::of(&room.counted, other);
        for (int bin = threadIdx.x / team::SIZE; bin < OF_BLOCK; bin += THREADS / team::SIZE) {
            int at = team::rank() * OF_BLOCK + bin;
            Amount sum = {from.count[at], (uint64_t)from.high[at] << 32 | from.low[at]};
#pragma unroll
            for (int lane = 1; lane < team::SIZE; lane *= 2) {
                sum = sum + Amount{__shfl_xor_sync(ALL_LANES, sum.count, lane),
                                   __shfl_xor_sync(ALL_LANES, sum.weight, lane)};
            }
            if (other == 0) {
                room.merged[bin] = sum;
            }
        }
        __syncthreads();
    }

    // The bin with which the sum reaches what is wanted, from 1 to what all have: found by one thread of the team. The
    // next search into the same place comes behind another meeting.
    __device__ __forceinline__ Found search(uint64_t wanted, bool byWeight, int place) const {
        Amount sum = before;
#pragma unroll
        for (int i = 0; i < OF_THREAD; i++) {
            Amount with = sum + mine[i];
            if (sum.measure(byWeight) < wanted && wanted <= with.measure(byWeight)) {
                int bin = team::rank() * OF_BLOCK + threadIdx.x * OF_THREAD + i;
                for (int other = 0; other < team::SIZE; other++) {
                    *team::of(&room.found[place], other) = {bin, sum, mine[i]};
                }
            }
            sum = with;
        }
        team::meet();
        return room.found[place];
    }
};

}  // namespace consort::draw
