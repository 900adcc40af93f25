// What a draw is made of: passes over a row that its blocks share. Searches in what they have counted are in
// draw_bins.cuh. Tokens that are more probable come before others, and smaller ids before others of the same weight. All sums are of
// integers, so every block of the team comes to the same results, and the host too.
#pragma once

#include "team.cuh"
#include "token_weights.cuh"

namespace consort::draw {

using token_weights::NEVER;

constexpr int THREADS = 512;
constexpr int BLOCKS = 2;  // of a multiprocessor, so that more clusters find room at once
constexpr int WARPS = THREADS / WARP;
constexpr uint32_t ALL_LANES = 0xffffffffu;
constexpr int AT_ONCE = 8;        // loads of a lane on their way
constexpr int DIGIT = 10;         // bits of a distance that a search finds at a time, after the first
constexpr int FINE = 1 << DIGIT;  // values of these bits
constexpr int BINS = token_weights::END >> (2 * DIGIT);
constexpr int OF_BLOCK = BINS / team::SIZE;  // bins that a block adds up
constexpr int OF_THREAD = (OF_BLOCK + THREADS - 1) / THREADS;
static_assert(BINS >= FINE && BINS % team::SIZE == 0, "ranges of distances, at first and later");

// How many tokens, and how much weight, in each of some ranges of distances.
struct Histogram {
    uint32_t count[BINS], low[BINS], high[BINS];

    __device__ __forceinline__ void clear() {
        for (int i = threadIdx.x; i < BINS; i += THREADS) {
            count[i] = low[i] = high[i] = 0;
        }
    }

    __device__ __forceinline__ void add(int bin, uint64_t weight) {
        uint32_t part = (uint32_t)weight;
        atomicAdd(count + bin, 1);
        uint32_t carry = atomicAdd(low + bin, part) > ~part ? 1 : 0;
        uint32_t rest = (uint32_t)(weight >> 32) + carry;
        if (rest != 0) {
            atomicAdd(high + bin, rest);
        }
    }
};

struct Amount {
    uint32_t count;
    uint64_t weight;

    __device__ __forceinline__ uint64_t measure(bool byWeight) const { return byWeight ? weight : count; }
};

__device__ __forceinline__ Amount operator+(Amount a, Amount b) { return {a.count + b.count, a.weight + b.weight}; }

// Where a search has ended: a bin, what lies before it, and what in it.
struct Found {
    int bin;
    Amount before, inside;
};

// The first tokens up to one, which are kept.
struct Cut {
    int distance = token_weights::END;
    int token = -1;

    __device__ __forceinline__ bool keeps(int distanceOf, int tokenOf) const {
        return distanceOf < distance || (distanceOf == distance && tokenOf <= token);
    }
};

struct Room {
    Histogram counted;
    Amount merged[OF_BLOCK];  // of all blocks
    Amount warps[WARPS];
    Amount all;  // of this block; read by the team, as what follows
    Found found[2];  // by the first search for a cut, and by later ones
    uint64_t sum;
    int bad;
    int token;
};

// Sums of a team.
struct Sums {
    uint64_t total, before, mine;  // before: of the blocks in front of this one
    bool bad;                      // logits are no numbers
};

// A block's part of a row, a range of neighbouring tokens for each warp.
struct Part {
    Room& room;
    const float* logits;
    float highest;
    int warp = threadIdx.x / WARP;
    int lane = threadIdx.x % WARP;
    int from, to;

    __device__ __forceinline__ Part(Room& shared, const float* row, int vocabulary, float most)
        : room(shared), logits(row), highest(most) {
        int share = (vocabulary + team::SIZE * WARPS - 1) / (team::SIZE * WARPS);
        from = min(vocabulary, (team::rank() * WARPS + warp) * share);
        to = min(vocabulary, from + share);
    }

    template <typename Action>
    __device__ __forceinline__ void each(Action action) const {
        for (int base = from; base < to; base += WARP * AT_ONCE) {
            float values[AT_ONCE];
#pragma unroll
            for (int i = 0; i < AT_ONCE; i++) {
                int token = base + i * WARP + lane;
                values[i] = token < to ? __ldcg(logits + token) : 0.0f;
            }
#pragma unroll
            for (int i = 0; i < AT_ONCE; i++) {
                int token = base + i * WARP + lane;
                if (token < to) {
                    action(token, values[i]);
                }
            }
        }
    }

    // Counts those whose distance begins with `prefix`, by the digit that follows it.
    __device__ __forceinline__ void count(Cut cut, float factor, int prefix, int shift) const {
        Histogram& bins = room.counted;
        int ranges = shift == 2 * DIGIT ? BINS : FINE;
        bins.clear();
        __syncthreads();
        each([&](int token, float logit) {
            int distance = token_weights::distance(highest, logit, factor);
            int bin = (distance >> shift) - prefix * FINE;
            if (distance != NEVER && bin >= 0 && bin < ranges && cut.keeps(distance, token)) {
                bins.add(bin, token_weights::weight(distance));
            }
        });
        team::meet();
    }

    // Adds up a measure of tokens, by which logits that are no numbers are found too.
    template <typename Measure>
    __device__ __forceinline__ Sums sum(Measure measure) const {
        uint64_t sum = 0;
        bool bad = false;
        each([&](int token, float logit) {
            sum += measure(token, logit);
            bad |= !(logit <= highest);
        });
#pragma unroll
        for (int other = WARP / 2; other > 0; other /= 2) {
            sum += __shfl_xor_sync(ALL_LANES, sum, other);
        }
        if (lane == 0) {
            room.warps[warp].weight = sum;
        }
        bad = __syncthreads_or(bad);
        if (threadIdx.x == 0) {
            uint64_t all = 0;
            for (int i = 0; i < WARPS; i++) {
                all += room.warps[i].weight;
            }
            room.sum = all;
            room.bad = bad;
        }
        team::meet();
        Sums sums = {0, 0, 0, false};
        for (int i = 0; i < team::SIZE; i++) {
            uint64_t part = *team::of(&room.sum, i);
            sums.before += i < team::rank() ? part : 0;
            sums.mine = i == team::rank() ? part : sums.mine;
            sums.total += part;
            sums.bad |= *team::of(&room.bad, i) != 0;
        }
        return sums;
    }

    // The first token, in the order of ids, with which the sum of a measure exceeds `wanted`; -1 where none does.
    // The sums are those that were taken last.
    template <typename Measure>
    __device__ __forceinline__ int find(Sums sums, uint64_t wanted, Measure measure) const {
        if (threadIdx.x == 0) {
            room.token = -1;
        }
        __syncthreads();
        uint64_t before = sums.before;
        for (int i = 0; i < warp; i++) {
            before += room.warps[i].weight;
        }
        if (before <= wanted && wanted - before < room.warps[warp].weight) {
            walk(wanted - before, measure);
        }
        team::meet();
        int token = -1;
        for (int i = 0; i < team::SIZE; i++) {
            token = max(token, *team::of(&room.token, i));
        }
        return token;
    }

    template <typename Measure>
    __device__ __forceinline__ void walk(uint64_t wanted, Measure measure) const {
        for (int base = from; base < to; base += WARP) {
            int token = base + lane;
            uint64_t sum = token < to ? measure(token, __ldcg(logits + token)) : 0;
#pragma unroll
            for (int other = 1; other < WARP; other *= 2) {
                uint64_t lower = __shfl_up_sync(ALL_LANES, sum, other);
                sum += lane >= other ? lower : 0;
            }
            uint32_t beyond = __ballot_sync(ALL_LANES, sum > wanted);
            if (beyond != 0) {
                if (lane == __ffs(beyond) - 1) {
                    room.token = token;
                }
                return;
            }
            wanted -= __shfl_sync(ALL_LANES, sum, WARP - 1);
        }
    }
};

}  // namespace consort::draw
