#pragma once
// Between rows of numbers and the tiles of scaled formats: a thread for each run of 32 values.
#include "formats.cuh"

namespace consort::scaled {

constexpr int RUN = 32;

// Where a run of an output lies: its scale, and the 8 values of each of four lanes.
template <typename Format>
struct Place {
    size_t scale;
    size_t bytes;  // of the first lane; the next ones follow every 16
    int run;       // of the piece

    __device__ __forceinline__ Place(int output, int runOfRow, int in) {
        size_t piece = (size_t)(output / 16) * (in / Format::PIECE) + runOfRow / Format::GROUPS;
        run = runOfRow % Format::GROUPS;
        scale = (piece * 16 + output % 16) * Format::GROUPS + run;
        bytes = piece * 1024 + output % 16 * 64;
    }
};

__device__ __forceinline__ void put(Eight, uint8_t* weights, const Place<Eight>& place, int i, int value) {
    weights[place.bytes + i / 8 * 16 + place.run * 8 + i % 8] = value;
}

__device__ __forceinline__ int get(Eight, const uint8_t* weights, const Place<Eight>& place, int i) {
    return (int8_t)weights[place.bytes + i / 8 * 16 + place.run * 8 + i % 8];
}

// Values are from 0 to 15; the words are zero before.
__device__ __forceinline__ void put(Four, uint8_t* weights, const Place<Four>& place, int i, int value) {
    uint32_t* word = reinterpret_cast<uint32_t*>(weights + place.bytes + i / 8 * 16) + place.run;
    *word |= (uint32_t)value << (i % 8 / 2 * 4 + i % 2 * 16);
}

__device__ __forceinline__ int get(Four, const uint8_t* weights, const Place<Four>& place, int i) {
    uint32_t word = reinterpret_cast<const uint32_t*>(weights + place.bytes + i / 8 * 16)[place.run];
    return (int)(word >> (i % 8 / 2 * 4 + i % 2 * 16) & 15) - 8;
}

// The scale of a run and what a value becomes: eight bits by the largest magnitude, four bits so that the
// value of the largest magnitude becomes -8.
__device__ __forceinline__ float scaleFor(Eight, float largest) { return fabsf(largest) / 127; }
__device__ __forceinline__ float scaleFor(Four, float largest) { return largest / -8; }
__device__ __forceinline__ int rounded(Eight, float value) {
    return min(127, max(-127, __float2int_rn(value)));
}
__device__ __forceinline__ int rounded(Four, float value) {
    return min(15, max(0, __float2int_rn(value) + 8));
}

template <typename Format, typename T>
__device__ __forceinline__ void quantise(const T* rows, uint8_t* weights, __half* scales, int out, int in) {
    letNextStart();
    awaitPrevious();
    long runs = (long)out * in / RUN;
    long step = (long)gridDim.x * blockDim.x;
    for (long i = (long)blockIdx.x * blockDim.x + threadIdx.x; i < runs; i += step) {
        const T* from = rows + i * RUN;
        Place<Format> place(i / (in / RUN), i % (in / RUN), in);
        float largest = 0;
        for (int j = 0; j < RUN; j++) {
            largest = fabsf(toFloat(from[j])) > fabsf(largest) ? toFloat(from[j]) : largest;
        }
        __half scale = __float2half_rn(scaleFor(Format(), largest));
        float inverse = __half2float(scale) == 0 ? 0 : 1 / __half2float(scale);
        scales[place.scale] = scale;
        for (int j = 0; j < RUN; j++) {
            put(Format(), weights, place, j, rounded(Format(), toFloat(from[j]) * inverse));
        }
    }
}

template <typename Format>
__device__ __forceinline__ void expand(const uint8_t* weights, const __half* scales, Bf16* rows, int out, int in) {
    letNextStart();
    awaitPrevious();
    long runs = (long)out * in / RUN;
    long step = (long)gridDim.x * blockDim.x;
    for (long i = (long)blockIdx.x * blockDim.x + threadIdx.x; i < runs; i += step) {
        Place<Format> place(i / (in / RUN), i % (in / RUN), in);
        float scale = __half2float(scales[place.scale]);
        for (int j = 0; j < RUN; j += 2) {
            reinterpret_cast<uint32_t*>(rows)[(i * RUN + j) / 2] = packPair<Bf16>(
                scale * get(Format(), weights, place, j), scale * get(Format(), weights, place, j + 1));
        }
    }
}

// A row of a table for each token.
template <typename Format>
__device__ __forceinline__ void embed(const uint8_t* weights, const __half* scales, const int* tokens, float* y,
                                      int in, float factor) {
    letNextStart();
    awaitPrevious();
    for (int i = threadIdx.x; i < in; i += blockDim.x) {
        Place<Format> place(tokens[blockIdx.x], i / RUN, in);
        float scale = __half2float(scales[place.scale]) * factor;
        y[(size_t)blockIdx.x * in + i] = scale * get(Format(), weights, place, i % RUN);
    }
}

#define SCALED(NAME, FORMAT)                                                                             \
    extern "C" __global__ void quantise_##NAME##_f32(const float* rows, uint8_t* weights, __half* scales, \
                                                     int out, int in) {                                  \
        quantise<FORMAT, float>(rows, weights, scales, out, in);                                         \
    }                                                                                                    \
    extern "C" __global__ void quantise_##NAME##_bf16(const Bf16* rows, uint8_t* weights, __half* scales, \
                                                      int out, int in) {                                 \
        quantise<FORMAT, Bf16>(rows, weights, scales, out, in);                                          \
    }                                                                                                    \
    extern "C" __global__ void quantise_##NAME##_f16(const F16* rows, uint8_t* weights, __half* scales,  \
                                                     int out, int in) {                                  \
        quantise<FORMAT, F16>(rows, weights, scales, out, in);                                           \
    }                                                                                                    \
    extern "C" __global__ void expand_##NAME(const uint8_t* weights, const __half* scales, Bf16* rows,   \
                                             int out, int in) {                                          \
        expand<FORMAT>(weights, scales, rows, out, in);                                                  \
    }                                                                                                    \
    extern "C" __global__ void embed_##NAME(const uint8_t* weights, const __half* scales,                \
                                            const int* tokens, float* y, int in, float factor) {         \
        embed<FORMAT>(weights, scales, tokens, y, in, factor);                                           \
    }
SCALED(q8, Eight)
SCALED(q4, Four)

}  // namespace consort::scaled
