// Products of a group of four warps on Hopper's tensor cores, which read the second factor from shared memory by
// themselves: d += a b for 64 rows of a, which lie in registers, as the rows of b's transpose do in shared memory.
#pragma once

#include "barriers.cuh"

namespace consort::wgmma {

#if __CUDA_ARCH__ == 900  // of that architecture alone

constexpr int WARPS = 4;
constexpr int THREADS = WARPS * WARP;

// Rows in shared memory, whose parts of 16 bytes are swapped by the row's number: `place` says how.
enum Rows { OF_128_BYTES = 1, OF_32_BYTES = 3 };

// The byte at which a part of a row lies. Rows begin at a multiple of 1024 bytes.
template <Rows ROWS>
__device__ __forceinline__ int place(int row, int part) {
    if constexpr (ROWS == OF_128_BYTES) {
        return row * 128 + (part ^ row % 8) * 16;
    } else {
        return row * 32 + (part ^ row / 4 % 2) * 16;
    }
}

// Describes such rows to the tensor cores.
template <Rows ROWS>
__device__ __forceinline__ uint64_t describe(const void* rows) {
    constexpr uint64_t EIGHT_ROWS = ROWS == OF_128_BYTES ? 1024 : 256;
    return (sharedAddress(rows) & 0x3ffff) >> 4 | uint64_t(1) << 16 | EIGHT_ROWS / 16 << 32 | uint64_t(ROWS) << 62;
}

// In front of the first product after registers were written.
__device__ __forceinline__ void begin() { asm volatile("wgmma.fence.sync.aligned;" ::: "memory"); }

// Ends a batch of products.
__device__ __forceinline__ void submit() { asm volatile("wgmma.commit_group.sync.aligned;" ::: "memory"); }

// Waits until no more than so many batches are under way.
template <int PENDING>
__device__ __forceinline__ void await() {
    asm volatile("wgmma.wait_group.sync.aligned %0;" ::"n"(PENDING) : "memory");
}

// Keeps the compiler from moving work on registers of products over this place.
template <int COUNT>
__device__ __forceinline__ void hold(float (&d)[COUNT]) {
#pragma unroll
    for (int i = 0; i < COUNT; i++) {
        asm volatile("" : "+f"(d[i])::"memory");
    }
}

template <int COUNT>
__device__ __forceinline__ void hold(uint32_t (&a)[COUNT][4]) {
#pragma unroll
    for (int i = 0; i < COUNT * 4; i++) {
        asm volatile("" : "+r"(a[i / 4][i % 4])::"memory");
    }
}

// With 64 rows of b's transpose, and 16 values of each.
__device__ __forceinline__ void multiplyAdd(float (&d)[32], const uint32_t (&a)[4], uint64_t b) {
    asm volatile(
        "wgmma.mma_async.sync.aligned.m64n64k16.f32.bf16.bf16 {"
        "%0, %1, %2, %3, %4, %5, %6, %7, "
        "%8, %9, %10, %11, %12, %13, %14, %15, "
        "%16, %17, %18, %19, %20, %21, %22, %23, "
        "%24, %25, %26, %27, %28, %29, %30, %31}, "
        "{%32, %33, %34, %35}, %36, 1, 1, 1, 0;"
        : "+f"(d[0]), "+f"(d[1]), "+f"(d[2]), "+f"(d[3]),
          "+f"(d[4]), "+f"(d[5]), "+f"(d[6]), "+f"(d[7]),
          "+f"(d[8]), "+f"(d[9]), "+f"(d[10]), "+f"(d[11]),
          "+f"(d[12]), "+f"(d[13]), "+f"(d[14]), "+f"(d[15]),
          "+f"(d[16]), "+f"(d[17]), "+f"(d[18]), "+f"(d[19]),
          "+f"(d[20]), "+f"(d[21]), "+f"(d[22]), "+f"(d[23]),
          "+f"(d[24]), "+f"(d[25]), "+f"(d[26]), "+f"(d[27]),
          "+f"(d[28]), "+f"(d[29]), "+f"(d[30]), "+f"(d[31])
        : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "l"(b));
}

// With 128 rows of b's transpose, and 16 values of each.
__device__ __forceinline__ void multiplyAdd(float (&d)[64], const uint32_t (&a)[4], uint64_t b) {
    asm volatile(
        "wgmma.mma_async.sync.aligned.m64n128k16.f32.bf16.bf16 {"
        "%0, %1, %2, %3, %4, %5, %6, %7, "
        "%8, %9, %10, %11, %12, %13, %14, %15, "
        "%16, %17, %18, %19, %20, %21, %22, %23, "
        "%24, %25, %26, %27, %28, %29, %30, %31, "
        "%32, %33, %34, %35, %36, %37, %38, %39, "
        "%40, %41, %42, %43, %44, %45, %46, %47, "
        "%48, %49, %50, %51, %52, %53, %54, %55, "
        "%56, %57, %58, %59, %60, %61, %62, %63}, "
        "{%64, %65, %66, %67}, %68, 1, 1, 1, 0;"
        : "+f"(d[0]), "+f"(d[1]), "+f"(d[2]), "+f"(d[3]),
          "+f"(d[4]), "+f"(d[5]), "+f"(d[6]), "+f"(d[7]),
          "+f"(d[8]), "+f"(d[9]), "+f"(d[10]), "+f"(d[11]),
          "+f"(d[12]), "+f"(d[13]), "+f"(d[14]), "+f"(d[15]),
          "+f"(d[16]), "+f"(d[17]), "+f"(d[18]), "+f"(d[19]),
          "+f"(d[20]), "+f"(d[21]), "+f"(d[22]), "+f"(d[23]),
          "+f"(d[24]), "+f"(d[25]), "+f"(d[26]), "+f"(d[27]),
          "+f"(d[28]), "+f"(d[29]), "+f"(d[30]), "+f"(d[31]),
          "+f"(d[32]), "+f"(d[33]), "+f"(d[34]), "+f"(d[35]),
          "+f"(d[36]), "+f"(d[37]), "+f"(d[38]), "+f"(d[39]),
          "+f"(d[40]), "+f"(d[41]), "+f"(d[42]), "+f"(d[43]),
          "+f"(d[44]), "+f"(d[45]), "+f"(d[46]), "+f"(d[47]),
          "+f"(d[48]), "+f"(d[49]), "+f"(d[50]), "+f"(d[51]),
          "+f"(d[52]), "+f"(d[53]), "+f"(d[54]), "+f"(d[55]),
          "+f"(d[56]), "+f"(d[57]), "+f"(d[58]), "+f"(d[59]),
          "+f"(d[60]), "+f"(d[61]), "+f"(d[62]), "+f"(d[63])
        : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "l"(b));
}

// With 16 rows of b's transpose, and 16 values of each; the 64 rows of a lie in shared memory, as those of b do.
#define CONSORT_MULTIPLY_SHARED(T, CODE)                                                        \
    __device__ __forceinline__ void multiplyAddShared(T, float(&d)[8], uint64_t a, uint64_t b) { \
        asm volatile("wgmma.mma_async.sync.aligned.m64n16k16.f32." CODE "." CODE                \
                     " {%0, %1, %2, %3, %4, %5, %6, %7}, %8, %9, 1, 1, 1, 0, 0;"                \
                     : "+f"(d[0]), "+f"(d[1]), "+f"(d[2]), "+f"(d[3]), "+f"(d[4]), "+f"(d[5]),  \
                       "+f"(d[6]), "+f"(d[7])                                                   \
                     : "l"(a), "l"(b));                                                         \
    }
CONSORT_MULTIPLY_SHARED(Bf16, "bf16")
CONSORT_MULTIPLY_SHARED(F16, "f16")

#endif

}  // namespace consort::wgmma
