// Attention of many new positions on Hopper (FlashAttention-3, Shah et al. 2024). A block stays on its
// multiprocessor and takes one piece of work after the other: 64 rows of two query heads that share a key head, a
// group of four warps for each head. Another thread lets the bulk copy engine bring keys and values ahead of them,
// through a ring in shared memory. A group's weighted values are added up, and the other group's products run, while it
// makes weights of its next scores.
#include "attention.cuh"
#include "wgmma.cuh"

namespace consort::attention_prompt {

#if __CUDA_ARCH__ == 900

constexpr int HEADS = 2;  // of a piece of work
constexpr int STEP = 64;  // positions
constexpr int BLOCKS = STEP / BLOCK_POSITIONS;
constexpr int STAGES = 5;  // of the ring
constexpr int BRINGING_REGISTERS = 40;
constexpr int COMPUTING_REGISTERS = 232;

template <int SIZE>
struct Room {
    char keys[STAGES][STEP * SIZE * 2];    // 64 values of each position, then the other 64
    char values[STAGES][STEP * SIZE * 2];  // of each block of the cache: [size][16 positions]
    uint64_t full[STAGES];
    uint64_t empty[STAGES];
};

using Cursor = RingPlace<STAGES>;

// 64 rows of neighbouring query heads.
struct Piece {
    int4 tile;  // as in `AttentionArguments`
    int firstHead;
    int firstBlock, endBlock;  // of the cache, that are seen

    __device__ __forceinline__ Piece(const AttentionArguments& a, int number) {
        int pairs = a.queryHeads / HEADS;
        tile = a.tiles[number / pairs];
        firstHead = number % pairs * HEADS;
        firstBlock = firstVisible(a, tile.z) / BLOCK_POSITIONS;
        endBlock = (tile.z + tile.y - 1) / BLOCK_POSITIONS + 1;
    }

    __device__ __forceinline__ int steps() const { return (endBlock - firstBlock + BLOCKS - 1) / BLOCKS; }
};

// The number of a block's piece of work, of which the first ones are the longest: blocks take turns to and fro, so
// that all have equally much to do.
__device__ __forceinline__ int pieceOf(int round) {
    return round * gridDim.x + (round % 2 == 0 ? blockIdx.x : gridDim.x - 1 - blockIdx.x);
}

// The thread that brings keys and values.
template <int SIZE>
struct Bringer {
    const AttentionArguments& a;
    const TensorMap& keyRows;    // of a layer's part of the cache: rows of keys, in boxes of 16 rows of 64 values
    const TensorMap& valueRows;  // rows of 16 positions' values, in boxes of a block
    Room<SIZE>& room;
    Cursor cursor;

    __device__ __forceinline__ void run(int pieces) {
        for (int round = 0; round * (int)gridDim.x < pieces; round++) {
            int number = pieceOf(round);
            if (number < pieces) {
                bring(Piece(a, number));
            }
        }
    }

    __device__ __forceinline__ void bring(const Piece& piece) {
        int keyHead = piece.firstHead / (a.queryHeads / a.keyHeads);
        int next[BLOCKS];
        look(piece, piece.firstBlock, next);
        for (int block = piece.firstBlock; block < piece.endBlock; block += BLOCKS) {
            int blocks[BLOCKS];
#pragma unroll
            for (int i = 0; i < BLOCKS; i++) {
                blocks[i] = next[i];
            }
            look(piece, block + BLOCKS, next);
            uint64_t* full = &room.full[cursor.index];
            consort::await(&room.empty[cursor.index], cursor.parity ^ 1);
            expectBytes(full, 2 * STEP * SIZE * 2);
#pragma unroll
            for (int i = 0; i < BLOCKS; i++) {
                // What lies outside of the cache is zero.
                int place = blocks[i] < 0 ? -1 : blocks[i] * a.keyHeads + keyHead;
                char* keys = room.keys[cursor.index] + i * BLOCK_POSITIONS * 128;
                char* values = room.values[cursor.index] + i * BLOCK_POSITIONS * SIZE * 2;
#pragma unroll
                for (int half = 0; half < SIZE / 64; half++) {
                    bringBox(keys + half * STEP * 128, keyRows, half * 64, place * BLOCK_POSITIONS, full);
                }
                bringBox(values, valueRows, 0, place * SIZE, full);
            }
            cursor = cursor.next();
        }
    }

    // Looks up where the blocks of a step lie; -1 for those that the piece does not see.
    __device__ __forceinline__ void look(const Piece& piece, int first, int (&blocks)[BLOCKS]) const {
#pragma unroll
        for (int i = 0; i < BLOCKS; i++) {
            blocks[i] = first + i < piece.endBlock ? a.tables[piece.tile.w + first + i] : -1;
        }
    }
};

// A group of warps that computes a query head.
template <int SIZE, typename Mixed>
struct Computer {
    const AttentionArguments& a;
    Room<SIZE>& room;
    int warp, group, quad;
    int ofPair;
    Cursor cursor;
    uint32_t queries[SIZE / 16][4];
    uint32_t weights[BLOCKS][4];
    float scores[STEP / 2];
    float sums[SIZE / 2];
    float largest[2], total[2], kept[2];
    int positions[2];

    __device__ __forceinline__ Computer(const AttentionArguments& arguments, Room<SIZE>& memory, int thread)
        : a(arguments), room(memory) {
        warp = thread / WARP % wgmma::WARPS;
        group = thread % WARP / 4;
        quad = thread % 4;
        ofPair = thread / wgmma::THREADS;
    }

    __device__ __forceinline__ void run(int pieces) {
        for (int round = 0; round * (int)gridDim.x < pieces; round++) {
            int number = pieceOf(round);
            if (number < pieces) {
                attend(Piece(a, number));
            }
        }
    }

    __device__ __forceinline__ void attend(const Piece& piece) {
        take(piece);
        int steps = piece.steps();
        int base = piece.firstBlock * BLOCK_POSITIONS;
        int last = piece.tile.z + piece.tile.y - 1;
        auto masked = [&](int from) {
            return from + STEP - 1 > piece.tile.z || (a.window > 0 && from < firstVisible(a, last));
        };
        consort::await(&room.full[cursor.index], cursor.parity);
        score(cursor);
        wgmma::await<0>();
        wgmma::hold(scores);
        weigh(base, masked(base));
        pack();
        for (int step = 1; step < steps; step++) {
            base += STEP;
            Cursor ahead = cursor.next();
            consort::await(&room.full[ahead.index], ahead.parity);
            score(ahead);
            mix();
            wgmma::await<1>();
            wgmma::hold(scores);
            weigh(base, masked(base));
            wgmma::hold(scores);
            wgmma::await<0>();
            wgmma::hold(sums);
            release();
#pragma unroll
            for (int i = 0; i < SIZE / 2; i++) {
                sums[i] *= kept[i / 2 % 2];
            }
            pack();
        }
        mix();
        wgmma::await<0>();
        wgmma::hold(sums);
        release();
        write(piece);
    }

    // Takes the queries of a piece of work.
    __device__ __forceinline__ void take(const Piece& piece) {
#pragma unroll
        for (int half = 0; half < 2; half++) {
            int row = warp * 16 + group + half * 8;
            positions[half] = piece.tile.z + row;
            largest[half] = -INFINITY;
            total[half] = 0;
            const Bf16* from = static_cast<const Bf16*>(a.queries) +
                               ((size_t)(piece.tile.x + row) * a.queryHeads + piece.firstHead + ofPair) * SIZE;
#pragma unroll
            for (int i = 0; i < SIZE / 8; i++) {
                const uint32_t* pair = reinterpret_cast<const uint32_t*>(from + i * 8) + quad;
                queries[i / 2][i % 2 * 2 + half] = row < piece.tile.y ? __ldcg(pair) : 0;
            }
        }
#pragma unroll
        for (int i = 0; i < SIZE / 2; i++) {
            sums[i] = 0;
        }
    }

    // Submits the products of queries with the keys of a step.
    __device__ __forceinline__ void score(const Cursor& at) {
#pragma unroll
        for (int i = 0; i < STEP / 2; i++) {
            scores[i] = 0;
        }
        wgmma::hold(scores);
        wgmma::hold(sums);
        wgmma::hold(weights);
        wgmma::begin();
        uint64_t keys = wgmma::describe<wgmma::OF_128_BYTES>(room.keys[at.index]);
#pragma unroll
        for (int i = 0; i < SIZE / 16; i++) {
            wgmma::multiplyAdd(scores, queries[i], keys + (i / 4 * STEP * 128 + i % 4 * 32) / 16);
        }
        wgmma::submit();
    }

    // Submits the products of weights with the values of the step at the cursor.
    __device__ __forceinline__ void mix() {
        wgmma::begin();
        uint64_t values = wgmma::describe<wgmma::OF_32_BYTES>(room.values[cursor.index]);
#pragma unroll
        for (int i = 0; i < BLOCKS; i++) {
            wgmma::multiplyAdd(sums, weights[i], values + i * SIZE * 32 / 16);
        }
        wgmma::submit();
    }

    __device__ __forceinline__ void release() {
        __syncwarp();
        if (threadIdx.x % WARP == 0) {
            arrive(&room.empty[cursor.index]);
        }
        cursor = cursor.next();
    }

    // Makes weights of the scores of positions from `base` on, in their place.
    __device__ __forceinline__ void weigh(int base, bool masked) {
        if (a.cap > 0) {
#pragma unroll
            for (int i = 0; i < STEP / 2; i++) {
                scores[i] = a.cap * tanhf(scores[i] * a.scale / a.cap);
            }
        }
        if (masked) {
#pragma unroll
            for (int i = 0; i < STEP / 2; i++) {
                int at = base + i / 4 * 8 + quad * 2 + i % 2;
                int position = positions[i / 2 % 2];
                if (at > position || at < firstVisible(a, position)) {
                    scores[i] = -INFINITY;
                }
            }
        }
        float factor = a.cap > 0 ? LOG2_E : a.scale * LOG2_E;
        float most[2] = {largest[0], largest[1]};
#pragma unroll
        for (int i = 0; i < STEP / 2; i++) {
            most[i / 2 % 2] = fmaxf(most[i / 2 % 2], scores[i]);
        }
        float origin[2];
#pragma unroll
        for (int half = 0; half < 2; half++) {
            most[half] = quadMax(most[half]);
            origin[half] = most[half] == -INFINITY ? 0.0f : most[half] * factor;
            kept[half] = powerOfTwo(largest[half] * factor - origin[half]);
            largest[half] = most[half];
            total[half] *= kept[half];
        }
#pragma unroll
        for (int i = 0; i < STEP / 2; i++) {
            scores[i] = powerOfTwo(scores[i] * factor - origin[i / 2 % 2]);
            total[i / 2 % 2] += scores[i];
        }
    }

    // Takes the weights that were made: none may be in use.
    __device__ __forceinline__ void pack() {
#pragma unroll
        for (int i = 0; i < STEP / 2; i += 2) {
            weights[i / 8][i / 2 % 4] = packPair<Bf16>(scores[i], scores[i + 1]);
        }
    }

    __device__ __forceinline__ void write(const Piece& piece) {
#pragma unroll
        for (int half = 0; half < 2; half++) {
            float inverse = 1 / quadSum(total[half]);
            int row = warp * 16 + group + half * 8;
            if (row < piece.tile.y) {
                Mixed* to = static_cast<Mixed*>(a.mixed) +
                            ((size_t)(piece.tile.x + row) * a.queryHeads + piece.firstHead + ofPair) * SIZE;
#pragma unroll
                for (int i = 0; i < SIZE / 8; i++) {
                    *(reinterpret_cast<uint32_t*>(to + i * 8) + quad) =
                        packPair<Mixed>(sums[4 * i + 2 * half] * inverse, sums[4 * i + 2 * half + 1] * inverse);
                }
            }
        }
    }
};

template <int SIZE, typename Mixed>
__device__ __forceinline__ void attendPrompt(const AttentionArguments& a, int tiles, const TensorMap& keyRows,
                                             const TensorMap& valueRows) {
    extern __shared__ __align__(1024) char memory[];
    Room<SIZE>& room = *reinterpret_cast<Room<SIZE>*>(memory);
    if (threadIdx.x == 0) {
        for (int stage = 0; stage < STAGES; stage++) {
            prepareBarrier(&room.full[stage], 1);
            prepareBarrier(&room.empty[stage], HEADS * wgmma::WARPS);
        }
        asm volatile("fence.mbarrier_init.release.cluster;" ::: "memory");
    }
    letNextStart();
    __syncthreads();
    awaitPrevious();
    int pieces = tiles * (a.queryHeads / HEADS);
    if (threadIdx.x >= HEADS * wgmma::THREADS) {
        asm volatile("setmaxnreg.dec.sync.aligned.u32 %0;" ::"n"(BRINGING_REGISTERS));
        if (threadIdx.x == HEADS * wgmma::THREADS) {
            Bringer<SIZE>{a, keyRows, valueRows, room}.run(pieces);
        }
    } else {
        asm volatile("setmaxnreg.inc.sync.aligned.u32 %0;" ::"n"(COMPUTING_REGISTERS));
        Computer<SIZE, Mixed>(a, room, threadIdx.x).run(pieces);
    }
}

#define ATTEND_PROMPT(SIZE, MIXED) attendPrompt<SIZE, MIXED>(a, tiles, keyRows, valueRows);
#else
#define ATTEND_PROMPT(SIZE, MIXED)
#endif

#define PROMPT(NAME, SIZE, MIXED)                                                                   \
    extern "C" __global__ void __launch_bounds__(384, 1)                                            \
        attend_prompt_##NAME##_##SIZE(const __grid_constant__ AttentionArguments a, int tiles,      \
                                      const __grid_constant__ TensorMap keyRows,                    \
                                      const __grid_constant__ TensorMap valueRows) {                \
        ATTEND_PROMPT(SIZE, MIXED)                                                                  \
    }
PROMPT(bf16, 64, Bf16)
PROMPT(bf16, 128, Bf16)
PROMPT(f16, 64, F16)
PROMPT(f16, 128, F16)

}  // namespace consort::attention_prompt
