// y = x W^T in float32 arithmetic, for weights of any type and width: a warp for each value of y. Slow
// and simple; what the fast kernels cannot do, and what they are checked against.
#include "common.cuh"

namespace consort::plain {

template <typename W, typename X>
__device__ __forceinline__ void plain(const W* weights, const float* bias, const X* x, float* y, int in,
                      int out, int rows, int accumulate) {
    letNextStart();
    awaitPrevious();
    long warp = ((long)blockIdx.x * blockDim.x + threadIdx.x) / WARP;
    if (warp >= (long)out * rows) {
        return;
    }
    int output = warp / rows;
    int row = warp % rows;
    const W* w = weights + (size_t)output * in;
    const X* from = x + (size_t)row * in;
    float sum = 0;
    for (int i = threadIdx.x % WARP; i < in; i += WARP) {
        sum += toFloat(w[i]) * toFloat(from[i]);
    }
    sum = warpSum(sum);
    if (threadIdx.x % WARP == 0) {
        float* at = y + (size_t)row * out + output;
        sum += bias == nullptr ? 0.0f : bias[output];
        *at = accumulate != 0 ? *at + sum : sum;
    }
}


#define PLAIN(NAME, W, X)                                                                      \
    extern "C" __global__ void plain_##NAME(const W* weights, const float* bias, const X* x,   \
                                            float* y, int in, int out, int rows, int add) {    \
        plain<W, X>(weights, bias, x, y, in, out, rows, add);                                  \
    }
PLAIN(f32_f32, float, float)
PLAIN(bf16_f32, Bf16, float)
PLAIN(f16_f32, F16, float)
PLAIN(f32_bf16, float, Bf16)
PLAIN(bf16_bf16, Bf16, Bf16)
PLAIN(f16_bf16, F16, Bf16)
PLAIN(f32_f16, float, F16)
PLAIN(bf16_f16, Bf16, F16)
PLAIN(f16_f16, F16, F16)

}  // namespace consort::plain
