// y = x W^T for few rows, at the speed at which W can be read.
//
// A block computes TILES * 16 outputs for up to COLUMNS * 8 rows of x. Its eight warps share the
// summed index, so that each reads whole lines of W, and their sums meet in shared memory. When a
// matrix has too few outputs to fill the device, several blocks share the sum too (gridDim.y), and
// the last of them to finish adds up in a fixed order: results do not depend on timing.
#include "formats.cuh"

namespace consort::linear {

constexpr int WARPS = 8;

struct LinearArguments {
    const uint4* weights;    // [out][in], or tiles: see `formats.cuh`
    const __half* scales;    // where the format has them
    const float* bias;       // [out], or null
    const void* x;           // [rows][in]
    void* y;                 // [rows][out] float32; gated: [rows][out / 2] activations
    float* partial;          // sums of blocks that share outputs
    uint32_t* tickets;       // zero, one for each group of blocks that share outputs
    int rows;
    int in;                  // a multiple of the piece
    int out;
    int add;                 // 1: y += x W^T
    int activation;          // of a gated product
};

__device__ __forceinline__ uint4 loadWeights(const uint4* weights, uint32_t index) {
    uint4 value;
    asm volatile("ld.global.nc.L1::no_allocate.L2::128B.v4.u32 {%0,%1,%2,%3}, [%4];"
                 : "=r"(value.x), "=r"(value.y), "=r"(value.z), "=r"(value.w)
                 : "l"(weights + index));
    return value;
}

// What a lane holds of one stage: UNROLL pieces of two rows for each tile.
template <typename Format, int TILES, int UNROLL>
struct Stage {
    uint4 low[UNROLL][TILES];
    uint4 high[UNROLL][TILES];
    uint2 lowScales[Format::SCALED ? UNROLL : 1][TILES];
    uint2 highScales[Format::SCALED ? UNROLL : 1][TILES];
};

template <typename Format>
__device__ __forceinline__ uint2 loadScales(const __half* scales, uint32_t index) {
    if constexpr (Format::GROUPS == 4) {
        return __ldg(reinterpret_cast<const uint2*>(scales) + index);
    } else {
        return make_uint2(__ldg(reinterpret_cast<const uint32_t*>(scales) + index), 0);
    }
}

__device__ __forceinline__ float scaleOf(uint2 scales, int group) {
    uint32_t word = group < 2 ? scales.x : scales.y;
    __half2 pair = *reinterpret_cast<__half2*>(&word);
    return group % 2 == 0 ? __low2float(pair) : __high2float(pair);
}

template <typename Format, int TILES, int COLUMNS, int UNROLL, bool GATED>
struct Product {
    using T = typename Format::Activation;
    using Held = Stage<Format, TILES, UNROLL>;

    const LinearArguments& a;
    int lane, group, quad;  // group: the row within eight; quad: which of four lanes of a row
    int pieces, firstPiece, endPiece;
    static constexpr uint32_t STRIDE = Format::SCALED ? 64 : 4;  // from piece to piece, in 16 bytes
    uint32_t lows[TILES], highs[TILES];  // where a lane reads its two rows, in 16 bytes
    float sums[TILES][COLUMNS][4];

    __device__ __forceinline__ explicit Product(const LinearArguments& arguments) : a(arguments) {
        lane = threadIdx.x % WARP;
        group = lane / 4;
        quad = lane % 4;
        pieces = a.in / Format::PIECE;
        int share = (pieces + gridDim.y - 1) / gridDim.y;
        share = (share + UNROLL - 1) / UNROLL * UNROLL;
        firstPiece = blockIdx.y * share;
        endPiece = min(pieces, firstPiece + share);
#pragma unroll
        for (int tile = 0; tile < TILES; tile++) {
            if constexpr (Format::SCALED) {
                lows[tile] = tileOf(tile) * pieces * STRIDE + lane;
                highs[tile] = lows[tile] + WARP;
            } else {
                lows[tile] = min(outputOf(tile, group), a.out - 1) * pieces * STRIDE + quad;
                highs[tile] = min(outputOf(tile, group + 8), a.out - 1) * pieces * STRIDE + quad;
            }
#pragma unroll
            for (int column = 0; column < COLUMNS; column++) {
#pragma unroll
                for (int i = 0; i < 4; i++) {
                    sums[tile][column][i] = 0;
                }
            }
        }
    }

    // The output that a row of a tile stands for. Gated: the first half of the tiles holds gates, the
    // second the values that they gate.
    __device__ __forceinline__ int outputOf(int tile, int row) const {
        if constexpr (GATED) {
            constexpr int HALF = TILES / 2;
            int offset = tile < HALF ? 0 : a.out / 2;
            int limit = tile < HALF ? a.out / 2 - 1 : a.out - 1;
            return min(offset + (blockIdx.x * HALF + tile % HALF) * 16 + row, limit);
        }
        return (blockIdx.x * TILES + tile) * 16 + row;
    }

    // The tile of a scaled format that a tile of the block stands for.
    __device__ __forceinline__ uint32_t tileOf(int tile) const {
        return min(outputOf(tile, 0), a.out - 1) / 16;
    }

    __device__ __forceinline__ int firstOfStage(int stage) const {
        return firstPiece + (stage * WARPS + threadIdx.x / WARP) * UNROLL;
    }

    __device__ __forceinline__ void load(Held& held, int stage) const {
        int first = firstOfStage(stage);
#pragma unroll
        for (int i = 0; i < UNROLL; i++) {
            int piece = first + i;
            bool inside = piece < endPiece;
#pragma unroll
            for (int tile = 0; tile < TILES; tile++) {
                held.low[i][tile] = make_uint4(0, 0, 0, 0);
                held.high[i][tile] = make_uint4(0, 0, 0, 0);
                if (inside) {
                    held.low[i][tile] = loadWeights(a.weights, lows[tile] + piece * STRIDE);
                    held.high[i][tile] = loadWeights(a.weights, highs[tile] + piece * STRIDE);
                }
                if constexpr (Format::SCALED) {
                    held.lowScales[i][tile] = make_uint2(0, 0);
                    held.highScales[i][tile] = make_uint2(0, 0);
                    if (inside) {
                        uint32_t index = (tileOf(tile) * pieces + piece) * 16 + group;
                        held.lowScales[i][tile] = loadScales<Format>(a.scales, index);
                        held.highScales[i][tile] = loadScales<Format>(a.scales, index + 8);
                    }
                }
            }
        }
    }

    __device__ __forceinline__ uint4 loadActivations(int column, int piece, int run) const {
        int row = column * 8 + group;
        if (row >= a.rows || piece >= endPiece) {
            return make_uint4(0, 0, 0, 0);
        }
        size_t place = (size_t)row * a.in + piece * Format::PIECE + run * 32;
        return __ldcg(reinterpret_cast<const uint4*>(static_cast<const T*>(a.x) + place) + quad);
    }

    __device__ __forceinline__ void multiply(const Held& held, int stage) {
        int first = firstOfStage(stage);
        uint4 x[UNROLL][Format::GROUPS][COLUMNS];
#pragma unroll
        for (int i = 0; i < UNROLL; i++) {
#pragma unroll
            for (int run = 0; run < Format::GROUPS; run++) {
#pragma unroll
                for (int column = 0; column < COLUMNS; column++) {
                    x[i][run][column] = loadActivations(column, first + i, run);
                }
            }
        }
#pragma unroll
        for (int i = 0; i < UNROLL; i++) {
#pragma unroll
            for (int run = 0; run < Format::GROUPS; run++) {
#pragma unroll
                for (int tile = 0; tile < TILES; tile++) {
                    uint4 low = Format::operand(held.low[i][tile], run);
                    uint4 high = Format::operand(held.high[i][tile], run);
#pragma unroll
                    for (int column = 0; column < COLUMNS; column++) {
                        uint4 b = x[i][run][column];
                        if constexpr (Format::SCALED) {
                            float part[4] = {0, 0, 0, 0};
                            multiplyAdd<T>(part, low.x, high.x, low.y, high.y, b.x, b.y);
                            multiplyAdd<T>(part, low.z, high.z, low.w, high.w, b.z, b.w);
                            float lowScale = scaleOf(held.lowScales[i][tile], run);
                            float highScale = scaleOf(held.highScales[i][tile], run);
                            sums[tile][column][0] += lowScale * part[0];
                            sums[tile][column][1] += lowScale * part[1];
                            sums[tile][column][2] += highScale * part[2];
                            sums[tile][column][3] += highScale * part[3];
                        } else {
                            auto& d = sums[tile][column];
                            multiplyAdd<T>(d, low.x, high.x, low.y, high.y, b.x, b.y);
                            multiplyAdd<T>(d, low.z, high.z, low.w, high.w, b.z, b.w);
                        }
                    }
                }
            }
        }
    }

    // Weights of the next stage are on their way while this one's are used; the first are asked for
    // before the kernel that writes x has ended.
    __device__ __forceinline__ void run() {
        int stages = (endPiece - firstPiece + WARPS * UNROLL - 1) / (WARPS * UNROLL);
        Held current;
        load(current, 0);
        awaitPrevious();
        for (int stage = 0; stage < stages; stage++) {
            Held next;
            load(next, stage + 1);
            multiply(current, stage);
            current = next;
        }
    }
};

// Adds the sums of the block's warps: element i of [outputs][columns], for all threads in turn.
template <int TILES, int COLUMNS>
struct Meeting {
    static constexpr int WIDTH = COLUMNS * 8;
    static constexpr int SIZE = TILES * 16 * WIDTH;

    __device__ static __forceinline__ void put(float* shared, const float (&sums)[TILES][COLUMNS][4]) {
        float* mine = shared + threadIdx.x / WARP * SIZE;
        int group = threadIdx.x % WARP / 4;
        int quad = threadIdx.x % 4;
#pragma unroll
        for (int tile = 0; tile < TILES; tile++) {
#pragma unroll
            for (int column = 0; column < COLUMNS; column++) {
                float* at = mine + (tile * 16 + group) * WIDTH + column * 8 + quad * 2;
                at[0] = sums[tile][column][0];
                at[1] = sums[tile][column][1];
                at[8 * WIDTH] = sums[tile][column][2];
                at[8 * WIDTH + 1] = sums[tile][column][3];
            }
        }
    }

    __device__ static __forceinline__ float total(const float* shared, int element) {
        float total = 0;
#pragma unroll
        for (int warp = 0; warp < WARPS; warp++) {
            total += shared[warp * SIZE + element];
        }
        return total;
    }
};

// Whether this block is the last of those that share outputs; then all their sums are in place.
__device__ __forceinline__ bool isLast(const LinearArguments& a) {
    __shared__ uint32_t ticket;
    __threadfence();
    __syncthreads();
    if (threadIdx.x == 0) {
        ticket = atomicAdd(a.tickets + blockIdx.x, 1);
        if (ticket == gridDim.y - 1) {
            a.tickets[blockIdx.x] = 0;
        }
    }
    __syncthreads();
    __threadfence();
    return ticket == gridDim.y - 1;
}

template <typename Format, int TILES, int COLUMNS, int UNROLL, bool GATED>
__device__ __forceinline__ void linear(const LinearArguments& a) {
    using Sums = Meeting<TILES, COLUMNS>;
    using T = typename Format::Activation;
    __shared__ float shared[WARPS * Sums::SIZE];
    letNextStart();
    Product<Format, TILES, COLUMNS, UNROLL, GATED> product(a);
    product.run();
    Sums::put(shared, product.sums);
    __syncthreads();
    float* parts = a.partial + (size_t)blockIdx.x * gridDim.y * Sums::SIZE;
    if (gridDim.y > 1) {
        for (int i = threadIdx.x; i < Sums::SIZE; i += blockDim.x) {
            __stcg(parts + blockIdx.y * Sums::SIZE + i, Sums::total(shared, i));
        }
        if (!isLast(a)) {
            return;
        }
    }
    auto value = [&](int tile, int row, int column) {
        int element = (tile * 16 + row) * Sums::WIDTH + column;
        float sum = 0;
        if (gridDim.y == 1) {
            sum = Sums::total(shared, element);
        } else {
            for (int part = 0; part < gridDim.y; part++) {
                sum += __ldcg(parts + part * Sums::SIZE + element);
            }
        }
        return a.bias == nullptr ? sum : sum + a.bias[product.outputOf(tile, row)];
    };
    constexpr int WRITTEN = GATED ? TILES / 2 : TILES;
    for (int i = threadIdx.x; i < WRITTEN * 16 * a.rows; i += blockDim.x) {
        int column = i / (WRITTEN * 16);
        int tile = i % (WRITTEN * 16) / 16;
        int row = i % 16;
        int output = (blockIdx.x * WRITTEN + tile) * 16 + row;
        if constexpr (GATED) {
            int width = a.out / 2;
            if (output < width) {
                float gate = value(tile, row, column);
                float up = value(tile + WRITTEN, row, column);
                static_cast<T*>(a.y)[(size_t)column * width + output] =
                    fromFloat<T>(gated(gate, up, a.activation));
            }
        } else if (output < a.out) {
            float* y = static_cast<float*>(a.y) + (size_t)column * a.out + output;
            float sum = value(tile, row, column);
            *y = a.add != 0 ? *y + sum : sum;
        }
    }
}


#define LINEAR(NAME, FORMAT, COLUMNS, TILES, UNROLL, BLOCKS, GATED)                          \
    extern "C" __global__ void __launch_bounds__(WARPS * 32, BLOCKS)                         \
        NAME(const __grid_constant__ LinearArguments a) {                                    \
        linear<FORMAT, TILES, COLUMNS, UNROLL, GATED>(a);                                    \
    }

// Names: format, rows of x at most, outputs of a block.
#define FAMILY(NAME, FORMAT)                                        \
    LINEAR(linear_##NAME##_8x16, FORMAT, 1, 1, 4, 2, false)  \
    LINEAR(linear_##NAME##_16x64, FORMAT, 2, 4, 1, 2, false) \
    LINEAR(linear_##NAME##_32x32, FORMAT, 4, 2, 2, 1, false) \
    LINEAR(gated_##NAME##_8x16, FORMAT, 1, 2, 2, 2, true)    \
    LINEAR(gated_##NAME##_16x32, FORMAT, 2, 4, 1, 2, true)   \
    LINEAR(gated_##NAME##_32x16, FORMAT, 4, 2, 2, 1, true)

#define QUANTISED(NAME, FORMAT)                                     \
    LINEAR(linear_##NAME##_8x16, FORMAT, 1, 1, 2, 2, false)  \
    LINEAR(linear_##NAME##_16x64, FORMAT, 2, 4, 1, 1, false) \
    LINEAR(linear_##NAME##_32x32, FORMAT, 4, 2, 1, 1, false) \
    LINEAR(gated_##NAME##_8x16, FORMAT, 1, 2, 1, 2, true)    \
    LINEAR(gated_##NAME##_16x32, FORMAT, 2, 4, 1, 1, true)   \
    LINEAR(gated_##NAME##_32x16, FORMAT, 4, 2, 1, 1, true)

FAMILY(bf16, Plain<Bf16>)
FAMILY(f16, Plain<F16>)
QUANTISED(q8, Eight)
QUANTISED(q4, Four)

}  // namespace consort::linear
