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

template <int SIZE>
struct DecodeWarp {
    const AttentionArguments& a;
    int group = threadIdx.x % WARP / 4;
    int quad = threadIdx.x % 4;
    uint4 queries[SIZE / 32];
    float sums[SIZE / 8][4];
    float largest = -INFINITY;
    float total = 0;

    __device__ __forceinline__ explicit DecodeWarp(const AttentionArguments& arguments) : a(arguments) {
#pragma unroll
        for (int tile = 0; tile < SIZE / 8; tile++) {
            sums[tile][0] = sums[tile][1] = sums[tile][2] = sums[tile][3] = 0;
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

    // Goes through one block of positions, of which `first` to `last` are seen.
    __device__ __forceinline__ void see(const Held<SIZE>& held, int base, int first, int last) {
        float scores[2][4] = {};
#pragma unroll
        for (int j = 0; j < 2; j++) {
#pragma unroll
            for (int piece = 0; piece < SIZE / 32; piece++) {
                uint4 q = queries[piece];
                uint4 k = held.keys[j][piece];
                multiplyAdd<Bf16>(scores[j], q.x, 0, q.y, 0, k.x, k.y);
                multiplyAdd<Bf16>(scores[j], q.z, 0, q.w, 0, k.z, k.w);
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
            multiplyAdd<Bf16>(sums[tile], low, 0, high, 0, held.values[tile].x, held.values[tile].y);
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

// The queries of a key head, in the order of `shared`, and, for the block that sees the newest position,
// its key and value, which go to the cache.
template <int SIZE>
__device__ __forceinline__ void prepare(const HeadsArguments& h, int row, int keyHead, bool keeps,
                                        float (*scratch)[SIZE], Bf16* shared) {
    int perKey = h.queryHeads / h.keyHeads;
    int warp = threadIdx.x / WARP;
    float* mine = scratch[warp];
    for (int task = warp; task < QUERIES + (keeps ? 2 : 0); task += WARPS) {
        if (task >= QUERIES) {
            bool isValue = task > QUERIES;
            int head = h.queryHeads + (isValue ? h.keyHeads : 0) + keyHead;
            readHead<float>(h, row, head, mine);
            keepHead<Bf16>(h, row, keyHead, isValue, mine);
            continue;
        }
        if (task < perKey) {
            readHead<float>(h, row, keyHead * perKey + task, mine);
        }
        for (int i = threadIdx.x % WARP; i < SIZE; i += WARP) {
            shared[task * SIZE + i] = fromFloat<Bf16>(task < perKey ? mine[i] : 0.0f);
        }
    }
    __syncthreads();
}

template <int SIZE, typename Mixed>
__device__ __forceinline__ void attendDecode(const AttentionArguments& a, const HeadsArguments& h) {
    extern __shared__ char memory[];
    __shared__ float scratch[WARPS][SIZE];
    __shared__ alignas(16) Bf16 queries[QUERIES * SIZE];
    __shared__ uint32_t ticket;
    Found<SIZE>* shared = reinterpret_cast<Found<SIZE>*>(memory);
    letNextStart();
    // Positions, tables and the cache up to the newest position are from before this step.
    int keyHead = blockIdx.x;
    int row = blockIdx.y;
    int last = a.positions[row];
    int first = firstVisible(a, last);
    int firstBlock = first / BLOCK_POSITIONS;
    int blocks = last / BLOCK_POSITIONS + 1 - firstBlock;
    int shares = min((int)gridDim.z, (blocks + BLOCKS_OF_SHARE - 1) / BLOCKS_OF_SHARE);
    if (blockIdx.z >= shares) {
        awaitPrevious();
        return;
    }
    int perShare = (blocks + shares - 1) / shares;
    int begin = firstBlock + blockIdx.z * perShare;
    int end = min(firstBlock + blocks, begin + perShare);
    int newest = last / BLOCK_POSITIONS;
    const int* table = a.tables + a.tableStarts[row];
    DecodeWarp<SIZE> warp(a);
    Held<SIZE> held;
    int block = begin + threadIdx.x / WARP;
    bool early = block < end && block != newest;
    if (early) {
        warp.load(held, table[block], keyHead);
    }
    awaitPrevious();
    prepare<SIZE>(h, row, keyHead, end == newest + 1, scratch, queries);
    warp.take(queries);
    if (block < end && !early) {
        warp.load(held, table[block], keyHead);
    }
    for (; block < end; block += WARPS) {
        warp.see(held, block * BLOCK_POSITIONS, first, last);
        if (block + WARPS < end) {
            warp.load(held, table[block + WARPS], keyHead);
        }
    }
    warp.put(shared[threadIdx.x / WARP]);
    __syncthreads();
    int perKey = a.queryHeads / a.keyHeads;
    size_t sequence = (size_t)row * a.keyHeads + keyHead;
    Found<SIZE>* found = reinterpret_cast<Found<SIZE>*>(a.partial) + sequence * gridDim.z;
    Mixed* mixed = static_cast<Mixed*>(a.mixed) + sequence * perKey * SIZE;
    for (int i = threadIdx.x; i < perKey * SIZE; i += blockDim.x) {
        int query = i / SIZE;
        int dimension = i % SIZE;
        float largest, total, sum;
        meet<SIZE>(shared, query, dimension, largest, total, sum);
        if (shares == 1) {
            mixed[i] = fromFloat<Mixed>(sum / total);
        } else {
            Found<SIZE>& mine = found[blockIdx.z];
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
    __syncthreads();
    if (threadIdx.x == 0) {
        ticket = atomicAdd(a.tickets + sequence, 1);
        if (ticket == shares - 1) {
            a.tickets[sequence] = 0;
        }
    }
    __syncthreads();
    __threadfence();
    if (ticket != shares - 1) {
        return;
    }
    for (int i = threadIdx.x; i < perKey * SIZE; i += blockDim.x) {
        Together<SIZE> all(found, shares, i / SIZE, i % SIZE);
        mixed[i] = fromFloat<Mixed>(all.sum / all.total);
    }
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
