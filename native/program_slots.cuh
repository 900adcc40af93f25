// What a warp holds of a slot of weights, and its product with the row.
#pragma once

#include "program_row.cuh"

namespace consort::program {

#if __CUDA_ARCH__ == 900  // `setmaxnreg` is of that architecture alone

constexpr int OF_WARP = SLOT_PIECES / WARPS;  // pieces of a slot

// A number that the compiler shall keep rather than compute again.
__device__ __forceinline__ uint32_t kept(uint32_t number) {
    asm volatile("" : "+r"(number));
    return number;
}

// A tile's sums of a warp: a lane has those of two outputs.
struct TileSums {
    float low = 0, high = 0;
};

// A warp's part of a slot.
template <typename Format>
struct Part;

// Weights of 16 bits. Tiles lie in rows of 128 bytes whose 16-byte parts are swapped by the row's number; the order of
// rows among groups keeps the two rows that are read at the same time in different banks. All columns of the second
// factor are the same row, and pieces behind the row's end are multiplied by zero.
template <typename T>
struct Part<Plain<T>> {
    uint4 low[OF_WARP], high[OF_WARP];

    __device__ __forceinline__ static int rowOfGroup() {
        int group = threadIdx.x % WARP / 4;
        return group / 2 + group % 2 * 4;
    }

    // Where a lane reads in each slot.
    struct Place {
        uint32_t at[OF_WARP];
        int quad = threadIdx.x % 4;

        __device__ __forceinline__ Place() {
            int row = rowOfGroup();
#pragma unroll
            for (int i = 0; i < OF_WARP; i++) {
                int piece = threadIdx.x / WARP * OF_WARP + i;
                at[i] = kept(piece / 2 * 2048 + row * 128 + ((piece % 2 * 4 + quad) ^ row) * 16);
            }
        }
    };

    __device__ __forceinline__ void load(const char* slot, const Place& place) {
#pragma unroll
        for (int i = 0; i < OF_WARP; i++) {
            low[i] = *reinterpret_cast<const uint4*>(slot + place.at[i]);
            high[i] = *reinterpret_cast<const uint4*>(slot + place.at[i] + 1024);
        }
    }

    // Adds the product with the row, from a slot's first piece on.
    __device__ __forceinline__ void multiply(const Row<Plain<T>>& row, const Place& place, int base, int,
                                             TileSums& sums) const {
        float all[4] = {sums.low, 0, sums.high, 0};
#pragma unroll
        for (int i = 0; i < OF_WARP; i++) {
            int piece = base + threadIdx.x / WARP * OF_WARP + i;
            uint4 b = reinterpret_cast<const uint4*>(row.memory.work)[piece * 4 + place.quad];
            multiplyAdd<T>(all, low[i].x, high[i].x, low[i].y, high[i].y, b.x, b.y);
            multiplyAdd<T>(all, low[i].z, high[i].z, low[i].w, high[i].w, b.z, b.w);
        }
        sums.low = all[0];
        sums.high = all[2];
    }

    __device__ __forceinline__ static TileSums total(const TileSums& sums) { return sums; }
};

// Weights of 8 and 4 bits. Four runs are multiplied into the same sums, each in two columns of its own: in the other
// columns the second factor is zero. So each lane ends up with one run's sums of two outputs, and scales only these.
template <typename Format>
struct PartOfScaled {
    static constexpr int RUNS = 4;                                   // of which each lane ends one
    static constexpr int SETS = OF_WARP * Format::GROUPS / RUNS;     // of so many runs
    static constexpr int PIECES = RUNS / Format::GROUPS;             // of a set
    static constexpr int SET_BYTES = RUNS * RUN * 2;                 // of the row

    uint4 low[OF_WARP], high[OF_WARP];
    uint32_t lowScale[SETS], highScale[SETS];  // float16, of which each lane has one

    __device__ __forceinline__ static int rowOfGroup() { return threadIdx.x % WARP / 4; }

    struct Place {
        uint32_t at;       // weights of a slot
        uint32_t scale;    // of a slot: a pair
        uint32_t inRow;    // of the row's bytes for a slot
        uint32_t run;      // of the row's runs for a slot
        int piece;         // of a slot, to which that run belongs
        int column;        // the run, of four, whose columns the lane brings

        __device__ __forceinline__ Place() {
            int lane = threadIdx.x % WARP;
            int warp = threadIdx.x / WARP;
            int quad = threadIdx.x % 4;
            int first = warp * OF_WARP;
            piece = kept(first + quad / Format::GROUPS);
            at = kept(first * 1024 + lane * 16);
            scale = kept(TILE_BYTES + ((piece * 16 + lane / 4) * Format::GROUPS + quad % Format::GROUPS / 2 * 2) * 2);
            inRow = kept(warp * SETS * SET_BYTES + lane * 8);
            run = kept(warp * SETS * RUNS + quad);
            column = kept(lane / 8);
        }
    };

    __device__ __forceinline__ void load(const char* slot, const Place& place) {
#pragma unroll
        for (int i = 0; i < OF_WARP; i++) {
            const uint4* from = reinterpret_cast<const uint4*>(slot + place.at + i * 1024);
            low[i] = from[0];
            high[i] = from[WARP];
        }
#pragma unroll
        for (int set = 0; set < SETS; set++) {
            const char* from = slot + place.scale + set * PIECES * 16 * Format::GROUPS * 2;
            lowScale[set] = *reinterpret_cast<const uint32_t*>(from);
            highScale[set] = *reinterpret_cast<const uint32_t*>(from + 8 * Format::GROUPS * 2);
        }
    }

    // Adds the product with the row, from a slot's first piece on, of a row of so many.
    __device__ __forceinline__ void multiply(const Row<Format>& row, const Place& place, int base, int pieces,
                                             TileSums& sums) const {
        constexpr int PIECE_BYTES = Format::PIECE * 2;
        const char* bytes = row.memory.work + base * PIECE_BYTES + place.inRow;
        const Run* runs = row.runs() + base * Format::GROUPS + place.run;
        int parts[SETS][4] = {};  // of two outputs, upper halves and lower ones
        uint2 x[SETS];
#pragma unroll
        for (int set = 0; set < SETS; set++) {
            x[set] = *reinterpret_cast<const uint2*>(bytes + set * SET_BYTES);
        }
#pragma unroll
        for (int i = 0; i < RUNS; i++) {
            bool mine = place.column == i;
#pragma unroll
            for (int set = 0; set < SETS; set++) {
                int piece = set * PIECES + i / Format::GROUPS;
                uint2 upper = Format::integers(low[piece], i % Format::GROUPS);
                uint2 lower = Format::integers(high[piece], i % Format::GROUPS);
                Format::multiplyAdd(parts[set], upper.x, lower.x, upper.y, lower.y, mine ? x[set].x : 0,
                                    mine ? x[set].y : 0);
            }
        }
#pragma unroll
        for (int set = 0; set < SETS; set++) {
            bool inside = base + place.piece + set * PIECES < pieces;
            Run run = runs[set * RUNS];
            int begin = Format::OFFSET > 0 ? run.begin : 0;
            sums.low += (inside ? scaleOf(lowScale[set]) * run.scale : 0.0f) *
                        (float)(parts[set][0] * 256 + parts[set][1] + begin);
            sums.high += (inside ? scaleOf(highScale[set]) * run.scale : 0.0f) *
                         (float)(parts[set][2] * 256 + parts[set][3] + begin);
        }
    }

    // The lane's one of a pair.
    __device__ __forceinline__ static float scaleOf(uint32_t pair) {
        return __half2float(__ushort_as_half((uint16_t)(pair >> threadIdx.x % 2 * 16)));
    }

    __device__ __forceinline__ static TileSums total(const TileSums& sums) {
        return {quadSum(sums.low), quadSum(sums.high)};
    }
};

template <>
struct Part<Eight> : PartOfScaled<Eight> {};

template <>
struct Part<consort::Four> : PartOfScaled<consort::Four> {};

#endif

}  // namespace consort::program
