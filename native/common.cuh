// What all kernels share: number types, warp sums, and the hand-over between dependent launches.
#pragma once

#include <cuda_bf16.h>
#include <cuda_fp16.h>
#include <stdint.h>

namespace consort {

using Bf16 = __nv_bfloat16;
using F16 = __half;

constexpr int WARP = 32;
constexpr int BLOCK_POSITIONS = 16;  // KvStore.BLOCK

// Kernels are launched so that the next one may start before this one ends. Until `awaitPrevious`
// returns, a kernel may read weights only: everything else may still be written by the one before.
__device__ __forceinline__ void awaitPrevious() {
#if __CUDA_ARCH__ >= 900
    asm volatile("griddepcontrol.wait;" ::: "memory");
#endif
}

// Lets the next kernel's blocks start as soon as there is room for them.
__device__ __forceinline__ void letNextStart() {
#if __CUDA_ARCH__ >= 900
    asm volatile("griddepcontrol.launch_dependents;");
#endif
}

__device__ __forceinline__ float toFloat(float x) { return x; }
__device__ __forceinline__ float toFloat(Bf16 x) { return __bfloat162float(x); }
__device__ __forceinline__ float toFloat(F16 x) { return __half2float(x); }

template <typename T>
__device__ __forceinline__ T fromFloat(float x);
template <>
__device__ __forceinline__ float fromFloat<float>(float x) {
    return x;
}
template <>
__device__ __forceinline__ Bf16 fromFloat<Bf16>(float x) {
    return __float2bfloat16_rn(x);
}
// The largest float16 stands for whatever lies beyond it.
template <>
__device__ __forceinline__ F16 fromFloat<F16>(float x) {
    return __float2half_rn(fminf(fmaxf(x, -65504.0f), 65504.0f));
}

template <typename T>
__device__ __forceinline__ uint32_t packPair(float low, float high) {
    T pair[2] = {fromFloat<T>(low), fromFloat<T>(high)};
    return *reinterpret_cast<uint32_t*>(pair);
}

// Two to the power of x, 0 for minus infinity.
__device__ __forceinline__ float powerOfTwo(float x) {
    float y;
    asm("ex2.approx.ftz.f32 %0, %1;" : "=f"(y) : "f"(x));
    return y;
}

__device__ __forceinline__ float warpSum(float x) {
#pragma unroll
    for (int lane = WARP / 2; lane > 0; lane /= 2) {
        x += __shfl_xor_sync(0xffffffffu, x, lane);
    }
    return x;
}

// The sum over a block of whole warps, for every thread. `scratch` holds 32 floats.
__device__ __forceinline__ float blockSum(float x, float* scratch) {
    int warps = blockDim.x / WARP;
    x = warpSum(x);
    if (threadIdx.x % WARP == 0) {
        scratch[threadIdx.x / WARP] = x;
    }
    __syncthreads();
    float total = 0;
    for (int warp = 0; warp < warps; warp++) {
        total += scratch[warp];
    }
    return total;
}

// d += a b, with a of 16 x 16, b of 16 x 8 and float32 sums.
template <typename T>
__device__ __forceinline__ void multiplyAdd(float (&d)[4], uint32_t a0, uint32_t a1, uint32_t a2,
                                            uint32_t a3, uint32_t b0, uint32_t b1);
template <>
__device__ __forceinline__ void multiplyAdd<Bf16>(float (&d)[4], uint32_t a0, uint32_t a1,
                                                  uint32_t a2, uint32_t a3, uint32_t b0,
                                                  uint32_t b1) {
    asm(
        "mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, "
        "{%0,%1,%2,%3};"
        : "+f"(d[0]), "+f"(d[1]), "+f"(d[2]), "+f"(d[3])
        : "r"(a0), "r"(a1), "r"(a2), "r"(a3), "r"(b0), "r"(b1));
}
template <>
__device__ __forceinline__ void multiplyAdd<F16>(float (&d)[4], uint32_t a0, uint32_t a1,
                                                 uint32_t a2, uint32_t a3, uint32_t b0,
                                                 uint32_t b1) {
    asm(
        "mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, "
        "{%0,%1,%2,%3};"
        : "+f"(d[0]), "+f"(d[1]), "+f"(d[2]), "+f"(d[3])
        : "r"(a0), "r"(a1), "r"(a2), "r"(a3), "r"(b0), "r"(b1));
}

// activation(gate) * up; 0 is SiLU, 1 is GELU in its tanh approximation.
__device__ __forceinline__ float gated(float gate, float up, int activation) {
    if (activation == 0) {
        return __fdividef(gate, 1.0f + __expf(-gate)) * up;
    }
    float inner = 0.7978845608028654f * (gate + 0.044715f * gate * gate * gate);
    return 0.5f * gate * (1.0f + tanhf(inner)) * up;
}

}  // namespace consort
