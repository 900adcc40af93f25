// Operations on rows of activations, a value or a row at a time.
#include "common.cuh"

namespace consort::rows {

template <typename T>
__device__ __forceinline__ void embed(const T* table, const int* tokens, float* y, int width, float scale) {
    letNextStart();
    awaitPrevious();
    const T* row = table + (size_t)tokens[blockIdx.x] * width;
    for (int i = threadIdx.x; i < width; i += blockDim.x) {
        y[(size_t)blockIdx.x * width + i] = toFloat(row[i]) * scale;
    }
}

// Four values at a time, where rows allow it.
template <typename T>
struct alignas(4 * sizeof(T)) Four {
    T values[4];
};

// A row's values stay in registers between the sum of their squares and their scaling.
constexpr int NORM_VALUES = 4;  // times four, of a thread

template <typename Out>
__device__ __forceinline__ void normalise(const float* x, const float* weight, Out* y, int width, float epsilon) {
    __shared__ float scratch[WARP];
    letNextStart();
    float4 by[NORM_VALUES];
#pragma unroll
    for (int j = 0; j < NORM_VALUES; j++) {
        int i = (j * blockDim.x + threadIdx.x) * 4;
        by[j] = i < width ? *reinterpret_cast<const float4*>(weight + i) : make_float4(0, 0, 0, 0);
    }
    awaitPrevious();
    float4 value[NORM_VALUES];
    float squares = 0;
#pragma unroll
    for (int j = 0; j < NORM_VALUES; j++) {
        int i = (j * blockDim.x + threadIdx.x) * 4;
        const float* from = x + (size_t)blockIdx.x * width + i;
        value[j] = i < width ? __ldcg(reinterpret_cast<const float4*>(from)) : make_float4(0, 0, 0, 0);
        squares += value[j].x * value[j].x + value[j].y * value[j].y + value[j].z * value[j].z +
                   value[j].w * value[j].w;
    }
    float factor = rsqrtf(blockSum(squares, scratch) / width + epsilon);
#pragma unroll
    for (int j = 0; j < NORM_VALUES; j++) {
        int i = (j * blockDim.x + threadIdx.x) * 4;
        if (i < width) {
            Four<Out> out = {fromFloat<Out>(value[j].x * factor * by[j].x),
                             fromFloat<Out>(value[j].y * factor * by[j].y),
                             fromFloat<Out>(value[j].z * factor * by[j].z),
                             fromFloat<Out>(value[j].w * factor * by[j].w)};
            *reinterpret_cast<Four<Out>*>(y + (size_t)blockIdx.x * width + i) = out;
        }
    }
}

// The same for every width.
template <typename Out>
__device__ __forceinline__ void normaliseAny(const float* x, const float* weight, Out* y, int width, float epsilon) {
    __shared__ float scratch[WARP];
    letNextStart();
    awaitPrevious();
    const float* from = x + (size_t)blockIdx.x * width;
    float squares = 0;
    for (int i = threadIdx.x; i < width; i += blockDim.x) {
        squares += from[i] * from[i];
    }
    float factor = rsqrtf(blockSum(squares, scratch) / width + epsilon);
    for (int i = threadIdx.x; i < width; i += blockDim.x) {
        y[(size_t)blockIdx.x * width + i] = fromFloat<Out>(from[i] * factor * weight[i]);
    }
}

template <typename T>
__device__ __forceinline__ void gate(const float* x, T* y, long count, int width, int activation) {
    letNextStart();
    awaitPrevious();
    long step = (long)gridDim.x * blockDim.x;
    for (long i = (long)blockIdx.x * blockDim.x + threadIdx.x; i < count; i += step) {
        const float* row = x + i / width * 2 * width + i % width;
        y[i] = fromFloat<T>(gated(row[0], row[width], activation));
    }
}

// The same with two values a thread, from and to sixteen-bit rows of even width.
template <typename T>
__device__ __forceinline__ void gatePairs(const T* x, T* y, long pairs, int width, int activation) {
    letNextStart();
    awaitPrevious();
    int half = width / 2;
    long step = (long)gridDim.x * blockDim.x;
    for (long i = (long)blockIdx.x * blockDim.x + threadIdx.x; i < pairs; i += step) {
        const T* row = x + i / half * 2 * width + i % half * 2;
        uint32_t gates = *reinterpret_cast<const uint32_t*>(row);
        uint32_t ups = *reinterpret_cast<const uint32_t*>(row + width);
        const T* g = reinterpret_cast<const T*>(&gates);
        const T* u = reinterpret_cast<const T*>(&ups);
        reinterpret_cast<uint32_t*>(y)[i] =
            packPair<T>(gated(toFloat(g[0]), toFloat(u[0]), activation),
                        gated(toFloat(g[1]), toFloat(u[1]), activation));
    }
}

// The same with eight values a thread, for widths that are a multiple of eight.
template <typename T>
__device__ __forceinline__ void gateEights(const T* x, T* y, long eights, int width, int activation) {
    letNextStart();
    awaitPrevious();
    uint32_t ofRow = width / 8;
    uint32_t step = gridDim.x * blockDim.x;
    for (uint32_t i = blockIdx.x * blockDim.x + threadIdx.x; i < eights; i += step) {
        const uint4* row = reinterpret_cast<const uint4*>(x) + (size_t)(i / ofRow) * 2 * ofRow + i % ofRow;
        uint4 gates = __ldcs(row);
        uint4 ups = __ldcs(row + ofRow);
        const T* g = reinterpret_cast<const T*>(&gates);
        const T* u = reinterpret_cast<const T*>(&ups);
        uint32_t made[4];
#pragma unroll
        for (int j = 0; j < 4; j++) {
            made[j] = packPair<T>(gated(toFloat(g[2 * j]), toFloat(u[2 * j]), activation),
                                  gated(toFloat(g[2 * j + 1]), toFloat(u[2 * j + 1]), activation));
        }
        reinterpret_cast<uint4*>(y)[i] = make_uint4(made[0], made[1], made[2], made[3]);
    }
}

template <typename T>
__device__ __forceinline__ void add(float* x, const T* y, long count) {
    letNextStart();
    awaitPrevious();
    long step = (long)gridDim.x * blockDim.x;
    for (long i = (long)blockIdx.x * blockDim.x + threadIdx.x; i < count; i += step) {
        x[i] += toFloat(y[i]);
    }
}

template <typename In, typename Out>
__device__ __forceinline__ void convert(const In* x, Out* y, long count) {
    letNextStart();
    awaitPrevious();
    long step = (long)gridDim.x * blockDim.x;
    for (long i = (long)blockIdx.x * blockDim.x + threadIdx.x; i < count; i += step) {
        y[i] = fromFloat<Out>(toFloat(x[i]));
    }
}


#define EMBED(NAME, T)                                                                         \
    extern "C" __global__ void embed_##NAME(const T* table, const int* tokens, float* y,       \
                                            int width, float scale) {                          \
        embed<T>(table, tokens, y, width, scale);                                              \
    }
EMBED(f32, float)
EMBED(bf16, Bf16)
EMBED(f16, F16)

#define NORMALISE(NAME, OUT)                                                                   \
    extern "C" __global__ void norm_##NAME(const float* x, const float* weight, OUT* y,        \
                                           int width, float epsilon) {                         \
        normalise<OUT>(x, weight, y, width, epsilon);                                          \
    }                                                                                          \
    extern "C" __global__ void norm_any_##NAME(const float* x, const float* weight, OUT* y,    \
                                               int width, float epsilon) {                     \
        normaliseAny<OUT>(x, weight, y, width, epsilon);                                       \
    }
NORMALISE(f32, float)
NORMALISE(bf16, Bf16)
NORMALISE(f16, F16)

#define GATE(NAME, T)                                                                          \
    extern "C" __global__ void gate_f32_##NAME(const float* x, T* y, long count, int width,    \
                                               int activation) {                               \
        gate<T>(x, y, count, width, activation);                                               \
    }
GATE(f32, float)
GATE(bf16, Bf16)
GATE(f16, F16)
extern "C" __global__ void gate_bf16_bf16(const Bf16* x, Bf16* y, long pairs, int width, int activation) {
    gatePairs<Bf16>(x, y, pairs, width, activation);
}
extern "C" __global__ void gate_f16_f16(const F16* x, F16* y, long pairs, int width, int activation) {
    gatePairs<F16>(x, y, pairs, width, activation);
}

extern "C" __global__ void gate_bf16_bf16_8(const Bf16* x, Bf16* y, long eights, int width, int activation) {
    gateEights<Bf16>(x, y, eights, width, activation);
}
extern "C" __global__ void gate_f16_f16_8(const F16* x, F16* y, long eights, int width, int activation) {
    gateEights<F16>(x, y, eights, width, activation);
}

#define ADD(NAME, T)                                                                           \
    extern "C" __global__ void add_##NAME(float* x, const T* y, long count) { add<T>(x, y, count); }
ADD(f32, float)
ADD(bf16, Bf16)
ADD(f16, F16)

#define CONVERT(NAME, IN, OUT)                                                                 \
    extern "C" __global__ void convert_##NAME(const IN* x, OUT* y, long count) {               \
        convert<IN, OUT>(x, y, count);                                                         \
    }
CONVERT(f32_bf16, float, Bf16)
CONVERT(f32_f16, float, F16)
CONVERT(bf16_f32, Bf16, float)
CONVERT(f16_f32, F16, float)
CONVERT(bf16_f16, Bf16, F16)
CONVERT(f16_bf16, F16, Bf16)

// Adds the same values to every row.
extern "C" __global__ void add_bias(float* x, const float* bias, long count, int width) {
    letNextStart();
    awaitPrevious();
    long step = (long)gridDim.x * blockDim.x;
    for (long i = (long)blockIdx.x * blockDim.x + threadIdx.x; i < count; i += step) {
        x[i] += bias[i % width];
    }
}

// Copies chosen rows of `bytes`, a multiple of two; a block each.
extern "C" __global__ void select_rows(const uint16_t* x, const int* rows, uint16_t* y, int bytes) {
    letNextStart();
    awaitPrevious();
    int width = bytes / 2;
    for (int i = threadIdx.x; i < width; i += blockDim.x) {
        y[(size_t)blockIdx.x * width + i] = x[(size_t)rows[blockIdx.x] * width + i];
    }
}

extern "C" __global__ void soft_cap(float* x, long count, float cap) {
    letNextStart();
    awaitPrevious();
    long step = (long)gridDim.x * blockDim.x;
    for (long i = (long)blockIdx.x * blockDim.x + threadIdx.x; i < count; i += step) {
        x[i] = cap * tanhf(x[i] / cap);
    }
}

// Reads and writes every byte once: the limit that others are compared with.
extern "C" __global__ void copy_bytes(const uint4* x, uint4* y, long count) {
    long step = (long)gridDim.x * blockDim.x;
    for (long i = (long)blockIdx.x * blockDim.x + threadIdx.x; i < count; i += step) {
        y[i] = x[i];
    }
}

}  // namespace consort::rows
