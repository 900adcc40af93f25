#pragma once
// Attention of single positions over the paged cache (flash-decoding). A block of eight warps takes a key
// head with all its queries, up to eight, and a share of the sequence; the last block of a sequence to
// finish puts the shares together. The new position's key and value are rotated and kept on the way.
#include "attention.cuh"
#include "heads.cuh"

namespace consort::attention_decode {

constexpr int WARPS = 8;
constexpr int QUERIES = 8;
constexpr int BLOCKS_OF_SHARE = 16;

// What a warp, a block or a sequence has found so far, in shared or device memory.
template <int SIZE>
struct Found {
    float largest[QUERIES];
    float total[QUERIES];
    float sums[QUERIES][SIZE];
};

// A lane's part of a block's keys and values.
template <int SIZE>
struct Held {
    uint4 keys[2][SIZE / 32];
    uint2 values[SIZE / 8];
};

// d += a b, with a of 8 x 16, b of 16 x 8: the tensor cores' other 8 rows stay empty.
__device__ __forceinline__ void multiplyAddUpper(float (&d)[2], uint32_t a0, uint32_t a2, uint32_t b0,
                                                 uint32_t b1) {
    asm(
        "{\n"
        ".reg .f32 rest<2>;\n"
        "mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 {%0,%1,rest0,rest1}, {%2,%3,%4,%3}, {%5,%6}, "
        "{%0,%1,%7,%7};\n"
        "}\n"
        : "+f"(d[0]), "+f"(d[1])
        : "r"(a0), "r"(0), "r"(a2), "r"(b0), "r"(b1), "f"(0.0f));
}

template <int SIZE>
struct DecodeWarp {
    const AttentionArguments& a;
    int group = threadIdx.x % WARP / 4;
    int quad = threadIdx.x % 4;
    uint4 queries[SIZE / 32];
    float sums[SIZE / 8][2];
    float largest = -INFINITY;
    float total = 0;

    __device__ __forceinline__ explicit DecodeWarp(const AttentionArguments& arguments) : a(arguments) {
#pragma unroll
        for (int tile = 0; tile < SIZE / 8; tile++) {
            sums[tile][0] = sums[tile][1] = 0;
        }
    }

    // Takes the queries of a key head, [QUERIES][SIZE] in shared memory.
    __device__ __forceinline__ void take(const Bf16* shared) {
#pragma unroll
        for (int piece = 0; piece < SIZE / 32; piece++) {
            queries[piece] = *(reinterpret_cast<const uint4*>(shared + group * SIZE + piece * 32) + quad);
        }
    }

    __device__ __forceinline__ void load(Held<SIZE>& held, int block, int keyHead) const {
        size_t offset = blockOffset(a, block, keyHead);
        const Bf16* keys = static_cast<const Bf16*>(a.keys) + offset;
        const Bf16* values = static_cast<const Bf16*>(a.values) + offset;
        int slot = 4 * (group / 2) + group % 2;
#pragma unroll
        for (int j = 0; j < 2; j++) {
#pragma unroll
            for (int piece = 0; piece < SIZE / 32; piece++) {
                const Bf16* at = keys + (slot + 2 * j) * SIZE + piece * 32;
                held.keys[j][piece] = __ldcg(reinterpret_cast<const uint4*>(at) + quad);
            }
        }
#pragma unroll
        for (int tile = 0; tile < SIZE / 8; tile++) {
            const Bf16* at = values + (tile * 8 + group) * BLOCK_POSITIONS;
            held.values[tile] = __ldcg(reinterpret_cast<const uint2*>(at) + quad);
        }
    }

    // The newest position's key and value, [SIZE] each, are not in the cache yet.
    __device__ __forceinline__ void putNewest(Held<SIZE>& held, int place, const Bf16* key, const Bf16* value) const {
#pragma unroll
        for (int j = 0; j < 2; j++) {
            if (4 * (group / 2) + group % 2 + 2 * j == place) {
#pragma unroll
                for (int piece = 0; piece < SIZE / 32; piece++) {
                    held.keys[j][piece] = *(reinterpret_cast<const uint4*>(key + piece * 32) + quad);
                }
            }
        }
        if (place / 4 == quad) {
            uint32_t selector = place % 2 == 0 ? 0x3254 : 0x5410;
#pragma unroll
            for (int tile = 0; tile < SIZE / 8; tile++) {
                uint32_t number = *reinterpret_cast<const uint16_t*>(value + tile * 8 + group);
                uint2& pairs = held.values[tile];
                pairs.x = place % 4 < 2 ? __byte_perm(pairs.x, number, selector) : pairs.x;
                pairs.y = place % 4 < 2 ? pairs.y : __byte_perm(pairs.y, number, selector);
            }
        }
    }

    // Asks for a block's keys and values, which come to the cache.
    __device__ __forceinline__ void expect(int block, int keyHead) const {
        size_t offset = blockOffset(a, block, keyHead);
        constexpr int LINE = 64;  // values
        for (int at = threadIdx.x % WARP * LINE; at < BLOCK_POSITIONS * SIZE; at += WARP * LINE) {
            asm volatile("prefetch.global.L2 [%0];" ::"l"(static_cast<const Bf16*>(a.keys) + offset + at));
            asm volatile("prefetch.global.L2 [%0];" ::"l"(static_cast<const Bf16*>(a.values) + offset + at));
        }
    }

    // Goes through one block of positions, of which `first` to `last` are seen.
    __device__ __forceinline__ void see(const Held<SIZE>& held, int base, int first, int last) {
        float scores[2][2] = {};
#pragma unroll
        for (int j = 0; j < 2; j++) {
#pragma unroll
            for (int piece = 0; piece < SIZE / 32; piece++) {
                uint4 q = queries[piece];
                uint4 k = held.keys[j][piece];
                multiplyAddUpper(scores[j], q.x, q.y, k.x, k.y);
                multiplyAddUpper(scores[j], q.z, q.w, k.z, k.w);
            }
        }
        float most = largest;
#pragma unroll
        for (int i = 0; i < 4; i++) {
            int at = base + quad * 4 + i;
            float& s = scores[i / 2][i % 2];
            s = at >= first && at <= last ? score(a, s) : -INFINITY;
            most = fmaxf(most, s);
        }
        most = quadMax(most);
        float kept = most == -INFINITY ? 1.0f : powerOfTwo(largest - most);
        float weights[4];
        float sum = 0;
#pragma unroll
        for (int i = 0; i < 4; i++) {
            float s = scores[i / 2][i % 2];
            weights[i] = s == -INFINITY ? 0.0f : powerOfTwo(s - most);
            sum += weights[i];
        }
        total = total * kept + sum;
        largest = most;
        uint32_t low = packPair<Bf16>(weights[0], weights[1]);
        uint32_t high = packPair<Bf16>(weights[2], weights[3]);
#pragma unroll
        for (int tile = 0; tile < SIZE / 8; tile++) {
            sums[tile][0] *= kept;
            sums[tile][1] *= kept;
            multiplyAddUpper(sums[tile], low, high, held.values[tile].x, held.values[tile].y);
        }
    }

    __device__ __forceinline__ void put(Found<SIZE>& found) {
        float all = quadSum(total);
        if (quad == 0) {
            found.largest[group] = largest;
            found.total[group] = all;
        }
#pragma unroll
        for (int tile = 0; tile < SIZE / 8; tile++) {
            found.sums[group][tile * 8 + quad * 2] = sums[tile][0];
            found.sums[group][tile * 8 + quad * 2 + 1] = sums[tile][1];
        }
    }
};

// One value of several findings together.
template <int SIZE>
struct Together {
    float largest = -INFINITY;
    float total = 0;
    float sum = 0;

    __device__ __forceinline__ Together(const Found<SIZE>* found, int count, int query, int dimension) {
        for (int i = 0; i < count; i++) {
            largest = fmaxf(largest, __ldcg(&found[i].largest[query]));
        }
        for (int i = 0; i < count; i++) {
            float other = __ldcg(&found[i].largest[query]);
            float weight = other == -INFINITY ? 0.0f : powerOfTwo(other - largest);
            total += weight * __ldcg(&found[i].total[query]);
            sum += weight * __ldcg(&found[i].sums[query][dimension]);
        }
    }
};

// The same for findings in shared memory.
template <int SIZE>
__device__ __forceinline__ void meet(const Found<SIZE>* found, int query, int dimension, float& largest,
                                     float& total, float& sum) {
    largest = -INFINITY;
    total = 0;
    sum = 0;
#pragma unroll
    for (int i = 0; i < WARPS; i++) {
        largest = fmaxf(largest, found[i].largest[query]);
    }
#pragma unroll
    for (int i = 0; i < WARPS; i++) {
        float other = found[i].largest[query];
        float weight = other == -INFINITY ? 0.0f : powerOfTwo(other - largest);
        total += weight * found[i].total[query];
        sum += weight * found[i].sums[query][dimension];
    }
}

// What a share is of, of at most so many shares of a sequence.
struct Share {
    int keyHead, row, number, most;
};

// Shared memory of a block.
template <int SIZE>
struct Room {
    Found<SIZE> found[WARPS];
    float scratch[WARPS][SIZE];
    alignas(16) Bf16 queries[QUERIES * SIZE];
    alignas(16) Bf16 newest[2][SIZE];  // key, value
    uint32_t ticket;
};

// A block of a kernel of its own.
struct WholeBlock {
    __device__ __forceinline__ void awaitPrevious() const { consort::awaitPrevious(); }
    __device__ __forceinline__ void synchronize() const { __syncthreads(); }

    // A lane's values of a head, of which the first is given by its index in the packed row.
    template <int COUNT>
    __device__ __forceinline__ void read(const float* packed, size_t index, float (&values)[COUNT]) const {
#pragma unroll
        for (int i = 0; i < COUNT; i++) {
            values[i] = __ldcg(packed + index + i * WARP);
        }
    }

    // Whole warps put neighbouring values.
    template <typename Mixed>
    __device__ __forceinline__ void put(Mixed* mixed, size_t index, float value) const {
        mixed[index] = fromFloat<Mixed>(value);
    }
};

// A warp's share of a head: lane i holds the values i, i + 32 and so on.
template <int SIZE>
struct HeadValues {
    static constexpr int COUNT = SIZE / WARP;
    float values[COUNT];

    // Normalises and rotates it, where a head's first half is rotated with its second.
    template <typename Block>
    __device__ __forceinline__ void read(const HeadsArguments& h, int row, int head, const float (&sines)[COUNT / 2],
                                         const float (&cosines)[COUNT / 2], const Block& threads) {
        int lane = threadIdx.x % WARP;
        take(h, row, head, threads);
        if (head >= h.queryHeads + h.keyHeads) {
            return;
        }
        const float* norm = head < h.queryHeads ? h.queryNorm : h.keyNorm;
        if (norm != nullptr) {
            float squares = 0;
#pragma unroll
            for (int j = 0; j < COUNT; j++) {
                squares += values[j] * values[j];
            }
            float factor = rsqrtf(warpSum(squares) / SIZE + h.epsilon);
#pragma unroll
            for (int j = 0; j < COUNT; j++) {
                values[j] *= factor * norm[j * WARP + lane];
            }
        }
#pragma unroll
        for (int j = 0; j < COUNT / 2; j++) {
            float left = values[j];
            float right = values[j + COUNT / 2];
            values[j] = left * cosines[j] - right * sines[j];
            values[j + COUNT / 2] = right * cosines[j] + left * sines[j];
        }
    }

    template <typename Block>
    __device__ __forceinline__ void take(const HeadsArguments& h, int row, int head, const Block& threads) {
        int all = h.queryHeads + 2 * h.keyHeads;
        threads.read(static_cast<const float*>(h.packed), ((size_t)row * all + head) * SIZE + threadIdx.x % WARP,
                     values);
    }

    // The same for every number of rotated pairs.
    template <typename Block>
    __device__ __forceinline__ void readAny(const HeadsArguments& h, int row, int head, float* mine,
                                            const Block& threads) {
        take(h, row, head, threads);
        float squares = 0;
#pragma unroll
        for (int j = 0; j < COUNT; j++) {
            mine[j * WARP + threadIdx.x % WARP] = values[j];
            squares += values[j] * values[j];
        }
        turnHead(h, row, head, squares, mine);
#pragma unroll
        for (int j = 0; j < COUNT; j++) {
            values[j] = mine[j * WARP + threadIdx.x % WARP];
        }
    }
};

// The queries of a key head and, for the block that sees the newest position, its key and value, which go to
// the cache too.
template <int SIZE, typename Block>
__device__ __forceinline__ void prepare(const HeadsArguments& h, const Share& share, bool keeps, int position,
                                        int block, Room<SIZE>& room, const Block& threads) {
    using Values = HeadValues<SIZE>;
    int perKey = h.queryHeads / h.keyHeads;
    int warp = threadIdx.x / WARP;
    int lane = threadIdx.x % WARP;
    bool halves = h.pairs == SIZE / 2;
    float sines[Values::COUNT / 2], cosines[Values::COUNT / 2];
#pragma unroll
    for (int j = 0; j < Values::COUNT / 2; j++) {
        if (halves) {
            float frequency = h.frequencies[(size_t)share.row * h.frequencyStride + j * WARP + lane];
            sincosf(frequency * position, &sines[j], &cosines[j]);
            sines[j] *= h.rotationScale;
            cosines[j] *= h.rotationScale;
        }
    }
    for (int i = perKey * SIZE + threadIdx.x; i < QUERIES * SIZE; i += WARPS * WARP) {
        room.queries[i] = fromFloat<Bf16>(0.0f);
    }
    threads.awaitPrevious();
    for (int task = warp; task < perKey + (keeps ? 2 : 0); task += WARPS) {
        int other = task - perKey;  // 0: key, 1: value
        int head = other < 0 ? share.keyHead * perKey + task : h.queryHeads + other * h.keyHeads + share.keyHead;
        Values values;
        if (halves) {
            values.read(h, share.row, head, sines, cosines, threads);
        } else {
            values.readAny(h, share.row, head, room.scratch[warp], threads);
        }
        Bf16* to = other < 0 ? room.queries + task * SIZE : room.newest[other];
        size_t offset = ((size_t)block * h.keyHeads + share.keyHead) * BLOCK_POSITIONS * SIZE;
        Bf16* cache = static_cast<Bf16*>(other > 0 ? h.values : h.keys) + offset;
        int slot = position % BLOCK_POSITIONS;
#pragma unroll
        for (int j = 0; j < Values::COUNT; j++) {
            int i = j * WARP + lane;
            Bf16 value = fromFloat<Bf16>(values.values[j]);
            to[i] = value;
            if (other >= 0) {
                cache[other > 0 ? i * BLOCK_POSITIONS + slot : slot * SIZE + i] = value;
            }
        }
    }
    threads.synchronize();
}

template <int SIZE, typename Mixed, typename Block>
__device__ __forceinline__ void attendShare(const AttentionArguments& a, const HeadsArguments& h,
                                            const Share& share, Room<SIZE>& room, const Block& threads) {
    // Positions, tables and the cache up to the newest position are from before this step.
    int keyHead = share.keyHead;
    int row = share.row;
    int last = a.positions[row];
    int first = firstVisible(a, last);
    int firstBlock = first / BLOCK_POSITIONS;
    int blocks = last / BLOCK_POSITIONS + 1 - firstBlock;
    int shares = min(share.most, (blocks + BLOCKS_OF_SHARE - 1) / BLOCKS_OF_SHARE);
    if (share.number >= shares) {
        threads.awaitPrevious();
        return;
    }
    int perShare = (blocks + shares - 1) / shares;
    int begin = firstBlock + share.number * perShare;
    int end = min(firstBlock + blocks, begin + perShare);
    int newest = last / BLOCK_POSITIONS;
    const int* table = a.tables + a.tableStarts[row];
    DecodeWarp<SIZE> warp(a);
    Held<SIZE> held;
    int block = begin + threadIdx.x / WARP;
    if (block < end) {
        warp.load(held, table[block], keyHead);
    }
    for (int later = block + WARPS; later < end; later += WARPS) {
        warp.expect(table[later], keyHead);
    }
    prepare<SIZE>(h, share, end == newest + 1, last, table[newest], room, threads);
    warp.take(room.queries);
    for (; block < end; block += WARPS) {
        if (block == newest) {
            warp.putNewest(held, last % BLOCK_POSITIONS, room.newest[0], room.newest[1]);
        }
        warp.see(held, block * BLOCK_POSITIONS, first, last);
        if (block + WARPS < end) {
            warp.load(held, table[block + WARPS], keyHead);
        }
    }
    warp.put(room.found[threadIdx.x / WARP]);
    threads.synchronize();
    int perKey = a.queryHeads / a.keyHeads;
    size_t sequence = (size_t)row * a.keyHeads + keyHead;
    Found<SIZE>* found = reinterpret_cast<Found<SIZE>*>(a.partial) + sequence * share.most;
    Mixed* mixed = static_cast<Mixed*>(a.mixed);
    size_t at = sequence * perKey * SIZE;
    for (int i = threadIdx.x; i < perKey * SIZE; i += WARPS * WARP) {
        int query = i / SIZE;
        int dimension = i % SIZE;
        float largest, total, sum;
        meet<SIZE>(room.found, query, dimension, largest, total, sum);
        if (shares == 1) {
            threads.put(mixed, at + i, sum / total);
        } else {
            Found<SIZE>& mine = found[share.number];
            __stcg(&mine.sums[query][dimension], sum);
            if (dimension == 0) {
                __stcg(&mine.largest[query], largest);
                __stcg(&mine.total[query], total);
            }
        }
    }
    if (shares == 1) {
        return;
    }
    __threadfence();
    threads.synchronize();
    if (threadIdx.x == 0) {
        room.ticket = atomicAdd(a.tickets + sequence, 1);
        if (room.ticket == shares - 1) {
            a.tickets[sequence] = 0;
        }
    }
    threads.synchronize();
    __threadfence();
    if (room.ticket != shares - 1) {
        return;
    }
    for (int i = threadIdx.x; i < perKey * SIZE; i += WARPS * WARP) {
        Together<SIZE> all(found, shares, i / SIZE, i % SIZE);
        threads.put(mixed, at + i, all.sum / all.total);
    }
}

template <int SIZE, typename Mixed>
__device__ __forceinline__ void attendDecode(const AttentionArguments& a, const HeadsArguments& h) {
    extern __shared__ char memory[];
    letNextStart();
    Share share = {(int)blockIdx.x, (int)blockIdx.y, (int)blockIdx.z, (int)gridDim.z};
    attendShare<SIZE, Mixed>(a, h, share, *reinterpret_cast<Room<SIZE>*>(memory), WholeBlock());
}


#define DECODE(NAME, SIZE, MIXED)                                                              \
    extern "C" __global__ void __launch_bounds__(WARPS * WARP)                                 \
        attend_decode_##NAME##_##SIZE(const __grid_constant__ AttentionArguments a,             \
                                      const __grid_constant__ HeadsArguments h) {              \
        attendDecode<SIZE, MIXED>(a, h);                                                          \
    }
DECODE(bf16, 64, Bf16)
DECODE(bf16, 128, Bf16)
DECODE(bf16, 256, Bf16)
DECODE(f16, 64, F16)
DECODE(f16, 128, F16)
DECODE(f16, 256, F16)

}  // namespace consort::attention_decode
