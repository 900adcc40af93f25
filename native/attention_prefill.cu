// Attention of many new positions over the paged cache (FlashAttention, Dao 2023): a block of four warps
// takes 64 rows of one query head and walks over the keys, 64 positions at a time, of which the next are
// copied to shared memory while these are used.
#include "attention.cuh"

namespace consort::attention_prefill {

constexpr int WARPS = 4;
constexpr int STEP = 64;                          // positions
constexpr int BLOCKS = STEP / BLOCK_POSITIONS;    // of the cache

template <int SIZE>
struct Tile {
    Bf16 keys[STEP * SIZE];    // [position][size], halves of 64 values swapped in odd positions
    Bf16 values[STEP * SIZE];  // [block][size][16 positions]
};

template <int SIZE>
__device__ __forceinline__ void fetch(const AttentionArguments& a, Tile<SIZE>& tile, const int* table,
                                      int keyHead, int firstBlock, int endBlock) {
    constexpr int PER_BLOCK = BLOCK_POSITIONS * SIZE / 8;  // pieces of 16 bytes
    constexpr int PER_ROW = SIZE / 8;
#pragma unroll
    for (int i = threadIdx.x; i < BLOCKS * PER_BLOCK; i += WARPS * WARP) {
        int block = firstBlock + i / PER_BLOCK;
        bool inside = block < endBlock;
        size_t offset = blockOffset(a, inside ? table[block] : table[firstBlock], keyHead) + i % PER_BLOCK * 8;
        int position = i / PER_ROW;
        int piece = i % PER_ROW ^ (position % 2 * 4);
        copyAsync(tile.keys + position * SIZE + piece * 8, static_cast<const Bf16*>(a.keys) + offset, inside);
        copyAsync(tile.values + i * 8, static_cast<const Bf16*>(a.values) + offset, inside);
    }
}

template <int SIZE>
struct PrefillWarp {
    const AttentionArguments& a;
    int group = threadIdx.x % WARP / 4;
    int quad = threadIdx.x % 4;
    uint4 queries[2][SIZE / 32];
    float sums[SIZE / 8][4];
    float largest[2] = {-INFINITY, -INFINITY};
    float total[2] = {0, 0};
    int positions[2];

    __device__ __forceinline__ PrefillWarp(const AttentionArguments& arguments, int4 tile, int head)
        : a(arguments) {
        int first = threadIdx.x / WARP * 16 + group;
#pragma unroll
        for (int half = 0; half < 2; half++) {
            int row = first + half * 8;
            positions[half] = tile.z + row;
            const Bf16* from = static_cast<const Bf16*>(a.queries) +
                               ((size_t)(tile.x + row) * a.queryHeads + head) * SIZE;
#pragma unroll
            for (int piece = 0; piece < SIZE / 32; piece++) {
                queries[half][piece] = make_uint4(0, 0, 0, 0);
                if (row < tile.y) {
                    queries[half][piece] = __ldcg(reinterpret_cast<const uint4*>(from + piece * 32) + quad);
                }
            }
        }
#pragma unroll
        for (int i = 0; i < SIZE / 8; i++) {
            sums[i][0] = sums[i][1] = sums[i][2] = sums[i][3] = 0;
        }
    }

    // Takes out what a row does not see.
    __device__ __forceinline__ void hide(float (&scores)[2 * BLOCKS][4], int base) const {
#pragma unroll
        for (int j = 0; j < 2 * BLOCKS; j++) {
#pragma unroll
            for (int i = 0; i < 4; i++) {
                int at = base + j / 2 * BLOCK_POSITIONS + quad * 4 + j % 2 * 2 + i % 2;
                int position = positions[i / 2];
                if (at > position || at < firstVisible(a, position)) {
                    scores[j][i] = -INFINITY;
                }
            }
        }
    }

    __device__ __forceinline__ void see(const Tile<SIZE>& tile, int base, bool masked) {
        float scores[2 * BLOCKS][4];
        int slot = 4 * (group / 2) + group % 2;
#pragma unroll
        for (int j = 0; j < 2 * BLOCKS; j++) {
            scores[j][0] = scores[j][1] = scores[j][2] = scores[j][3] = 0;
            int position = j / 2 * BLOCK_POSITIONS + slot + j % 2 * 2;
            const Bf16* row = tile.keys + position * SIZE;
#pragma unroll
            for (int piece = 0; piece < SIZE / 32; piece++) {
                int at = piece * 4 + quad ^ (position % 2 * 4);
                uint4 k = *reinterpret_cast<const uint4*>(row + at * 8);
                uint4 low = queries[0][piece];
                uint4 high = queries[1][piece];
                multiplyAdd<Bf16>(scores[j], low.x, high.x, low.y, high.y, k.x, k.y);
                multiplyAdd<Bf16>(scores[j], low.z, high.z, low.w, high.w, k.z, k.w);
            }
        }
        if (a.cap > 0) {
#pragma unroll
            for (int j = 0; j < 2 * BLOCKS; j++) {
#pragma unroll
                for (int i = 0; i < 4; i++) {
                    scores[j][i] = a.cap * tanhf(scores[j][i] * a.scale / a.cap);
                }
            }
        }
        if (masked) {
            hide(scores, base);
        }
        float factor = a.cap > 0 ? LOG2_E : a.scale * LOG2_E;
        float most[2] = {largest[0], largest[1]};
#pragma unroll
        for (int j = 0; j < 2 * BLOCKS; j++) {
#pragma unroll
            for (int i = 0; i < 4; i++) {
                most[i / 2] = fmaxf(most[i / 2], scores[j][i]);
            }
        }
        float origin[2];
#pragma unroll
        for (int half = 0; half < 2; half++) {
            most[half] = quadMax(most[half]);
            origin[half] = most[half] == -INFINITY ? 0.0f : most[half] * factor;
            float kept = powerOfTwo(largest[half] * factor - origin[half]);
            largest[half] = most[half];
            total[half] *= kept;
#pragma unroll
            for (int i = 0; i < SIZE / 8; i++) {
                sums[i][2 * half] *= kept;
                sums[i][2 * half + 1] *= kept;
            }
        }
        uint32_t weights[2 * BLOCKS][2];
#pragma unroll
        for (int j = 0; j < 2 * BLOCKS; j++) {
#pragma unroll
            for (int half = 0; half < 2; half++) {
                float left = powerOfTwo(scores[j][2 * half] * factor - origin[half]);
                float right = powerOfTwo(scores[j][2 * half + 1] * factor - origin[half]);
                total[half] += left + right;
                weights[j][half] = packPair<Bf16>(left, right);
            }
        }
#pragma unroll
        for (int block = 0; block < BLOCKS; block++) {
            uint32_t* low = weights[2 * block];
            uint32_t* high = weights[2 * block + 1];
#pragma unroll
            for (int i = 0; i < SIZE / 8; i++) {
                const Bf16* at = tile.values + (block * SIZE + i * 8 + group) * BLOCK_POSITIONS;
                uint2 v = *(reinterpret_cast<const uint2*>(at) + quad);
                multiplyAdd<Bf16>(sums[i], low[0], low[1], high[0], high[1], v.x, v.y);
            }
        }
    }

    template <typename Mixed>
    __device__ __forceinline__ void write(int4 tile, int head) {
#pragma unroll
        for (int half = 0; half < 2; half++) {
            float all = quadSum(total[half]);
            int row = threadIdx.x / WARP * 16 + group + half * 8;
            if (row < tile.y) {
                Mixed* to = static_cast<Mixed*>(a.mixed) + ((size_t)(tile.x + row) * a.queryHeads + head) * SIZE;
#pragma unroll
                for (int i = 0; i < SIZE / 8; i++) {
                    *reinterpret_cast<uint32_t*>(to + i * 8 + quad * 2) =
                        packPair<Mixed>(sums[i][2 * half] / all, sums[i][2 * half + 1] / all);
                }
            }
        }
    }
};

template <int SIZE, typename Mixed>
__device__ __forceinline__ void attendPrefill(const AttentionArguments& a) {
    extern __shared__ char memory[];
    Tile<SIZE>* shared = reinterpret_cast<Tile<SIZE>*>(memory);
    letNextStart();
    awaitPrevious();
    int head = blockIdx.y;
    int4 tile = a.tiles[blockIdx.x];
    int keyHead = head / (a.queryHeads / a.keyHeads);
    const int* table = a.tables + tile.w;
    int last = tile.z + tile.y - 1;
    int firstBlock = firstVisible(a, tile.z) / BLOCK_POSITIONS;
    int endBlock = last / BLOCK_POSITIONS + 1;
    int steps = (endBlock - firstBlock + BLOCKS - 1) / BLOCKS;
    fetch<SIZE>(a, shared[0], table, keyHead, firstBlock, endBlock);
    endCopies();
    PrefillWarp<SIZE> warp(a, tile, head);
    for (int step = 0; step < steps; step++) {
        int block = firstBlock + step * BLOCKS;
        if (step + 1 < steps) {
            fetch<SIZE>(a, shared[(step + 1) % 2], table, keyHead, block + BLOCKS, endBlock);
        }
        endCopies();
        awaitCopies<1>();
        __syncthreads();
        int base = block * BLOCK_POSITIONS;
        bool masked = base + STEP - 1 > tile.z || (a.window > 0 && base < firstVisible(a, last));
        warp.see(shared[step % 2], base, masked);
        __syncthreads();
    }
    warp.template write<Mixed>(tile, head);
}


#define PREFILL(NAME, SIZE, MIXED)                                                             \
    extern "C" __global__ void __launch_bounds__(WARPS * WARP, SIZE > 128 ? 1 : 3)             \
        attend_prefill_##NAME##_##SIZE(const __grid_constant__ AttentionArguments a) {         \
        attendPrefill<SIZE, MIXED>(a);                                                         \
    }
PREFILL(bf16, 64, Bf16)
PREFILL(bf16, 128, Bf16)
PREFILL(bf16, 256, Bf16)
PREFILL(f16, 64, F16)
PREFILL(f16, 128, F16)
PREFILL(f16, 256, F16)

}  // namespace consort::attention_prefill
