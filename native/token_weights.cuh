// How probable tokens are beside the most probable one, in integers, exactly as TokenWeights.java computes it: no
// operation here may be contracted or reordered.
#pragma once

#include "common.cuh"

namespace consort::token_weights {

constexpr int NEVER = 0x7fffffff;  // the distance of a token that is never drawn
constexpr int FRACTION_BITS = 25;
constexpr int END = 40 << FRACTION_BITS;
constexpr float ONE = 1099511627776.0f;  // 2^40, the weight of the most probable token

// How many halvings a token's probability lies below the greatest one, in units of 2^-25.
__device__ __forceinline__ int distance(float highest, float logit, float factor) {
    float halvings = __fmul_rn(__fsub_rn(highest, logit), factor);
    return halvings >= 0 && halvings < (float)END ? __float2int_rz(halvings) : NEVER;
}

__device__ __forceinline__ float step(float power, float f, float next) {
    return __fadd_rn(__fmul_rn(power, f), next);
}

__device__ __forceinline__ uint64_t weight(int distance) {
    float f = __fmul_rn(__int2float_rn(distance & ((1 << FRACTION_BITS) - 1)), 1.0f / (1 << FRACTION_BITS));
    float power = step(-0.0009449036f, f, 0.009205798f);
    power = step(power, f, -0.05529736f);
    power = step(power, f, 0.24018015f);
    power = step(power, f, -0.6931437f);
    power = step(power, f, 1.0f);
    uint64_t mantissa = (uint32_t)__float2int_rz(__fmul_rn(power, 16777216.0f));
    return (mantissa << 16) >> (distance >> FRACTION_BITS);
}

__device__ __forceinline__ uint64_t mix(uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
}

// The random number of a position in the answer, in units of 2^-64, as Draw.java says.
__device__ __forceinline__ uint64_t fraction(uint64_t key, int position) {
    return mix(key + (uint64_t)(int64_t)(position + 1) * 0x9E3779B97F4A7C15ull);
}

}  // namespace consort::token_weights
