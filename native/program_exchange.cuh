// How rows go from block to block: through words that say by themselves whether they are there.
//
// Each row has words of its own, which are ABSENT until they are written, once in a launch. Whoever needs a row reads
// its words until none of them is ABSENT: nobody has to count who has written, nor to wait until what was written has
// arrived everywhere. There are two exchanges that take turns: while a launch uses one, a warp of each block makes the
// other one ABSENT for the next launch.
#pragma once

#include "program_ring.cuh"

namespace consort::program {

#if __CUDA_ARCH__ == 900  // `setmaxnreg` is of that architecture alone

__device__ __forceinline__ uint32_t readWord(const uint32_t* at) {
    uint32_t word;
    asm volatile("ld.relaxed.gpu.global.u32 %0, [%1];" : "=r"(word) : "l"(at));
    return word;
}

__device__ __forceinline__ uint4 readWords(const uint32_t* at) {
    uint4 words;
    asm volatile("ld.relaxed.gpu.global.v4.u32 {%0, %1, %2, %3}, [%4];"
                 : "=r"(words.x), "=r"(words.y), "=r"(words.z), "=r"(words.w)
                 : "l"(at));
    return words;
}

__device__ __forceinline__ void writeWord(uint32_t* at, uint32_t word) {
    asm volatile("st.relaxed.gpu.global.u32 [%0], %1;" ::"l"(at), "r"(word == ABSENT ? 0x7fff7fffu : word));
}

__device__ __forceinline__ bool isThere(uint32_t word) { return word != ABSENT; }

__device__ __forceinline__ bool isThere(uint4 words) {
    return isThere(words.x) && isThere(words.y) && isThere(words.z) && isThere(words.w);
}

__device__ __forceinline__ float awaitFloat(const uint32_t* at) {
    uint32_t word = readWord(at);
    while (!isThere(word)) {
        word = readWord(at);
    }
    return __uint_as_float(word);
}

// Takes words from a first one on, `step` apart, all of them on their way at once.
template <int COUNT>
__device__ __forceinline__ void awaitFloats(const uint32_t* from, int step, float (&values)[COUNT]) {
    uint32_t words[COUNT];
#pragma unroll
    for (int i = 0; i < COUNT; i++) {
        words[i] = readWord(from + i * step);
    }
#pragma unroll
    for (int i = 0; i < COUNT; i++) {
        while (!isThere(words[i])) {
            words[i] = readWord(from + i * step);
        }
        values[i] = __uint_as_float(words[i]);
    }
}

// Likewise sixteen bytes at a time, of which there are `count`; zeros behind them. What has come is not read again.
template <int COUNT>
__device__ __forceinline__ void awaitWords(const uint32_t* from, int first, int step, int count,
                                           uint4 (&values)[COUNT]) {
#pragma unroll
    for (int i = 0; i < COUNT; i++) {
        int at = first + i * step;
        values[i] = at < count ? readWords(from + at * 4) : make_uint4(0, 0, 0, 0);
    }
    bool all;
    do {
        all = true;
#pragma unroll
        for (int i = 0; i < COUNT; i++) {
            if (!isThere(values[i])) {
                values[i] = readWords(from + (first + i * step) * 4);
                all = false;
            }
        }
    } while (!all);
}

// Writes neighbouring lanes' 16-bit values as words. All lanes call it, of which the even ones write where `inside`.
template <typename T>
__device__ __forceinline__ void writePair(uint32_t* row, int index, float value, bool inside) {
    float other = __shfl_down_sync(0xffffffffu, value, 1);
    if (inside && index % 2 == 0) {
        writeWord(row + index / 2, packPair<T>(value, other));
    }
}

// The exchange of this launch, and the one of the next. All threads of a block must have it before one of them counts
// the launch.
struct Exchange {
    uint32_t* now;
    uint32_t* next;

    __device__ __forceinline__ explicit Exchange(const ProgramArguments& a) {
        bool odd = readWord(&a.rounds->number[0]) % 2 == 1;
        now = a.exchange + (odd ? a.words : 0);
        next = a.exchange + (odd ? 0 : a.words);
    }

    // A row's words; null: nowhere.
    __device__ __forceinline__ uint32_t* row(int word) const { return word == NOWHERE ? nullptr : now + word; }
};

// A warp's part of making the next launch's exchange ready.
__device__ __forceinline__ void clear(const Exchange& exchange, int words) {
    uint4* next = reinterpret_cast<uint4*>(exchange.next);
    for (int i = blockIdx.x * WARP + threadIdx.x % WARP; i < words / 4; i += gridDim.x * WARP) {
        next[i] = make_uint4(ABSENT, ABSENT, ABSENT, ABSENT);
    }
}

#endif

}  // namespace consort::program
