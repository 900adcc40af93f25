// How the row that is multiplied comes to shared memory, as the tensor cores read it.
#pragma once

#include "program_units.cuh"

namespace consort::program {

#if __CUDA_ARCH__ == 900  // `setmaxnreg` is of that architecture alone

// What belongs to a run of a row of integers.
struct Run {
    float scale;
    int begin;  // what makes up for weights that are too large
};

// A row in shared memory, filled up with zeros to `room` values: whole slots. Scaled weights are multiplied as the
// integers that they are: the row's runs of 32 become integers of 16 bits with a scale, of which the tensor cores take
// the upper and the lower halves as two columns. A run is 32 bytes of upper halves, then 32 of lower ones.
template <typename Format>
struct Row {
    using T = typename Format::Activation;

    Memory& memory;
    int room;

    __device__ __forceinline__ Row(Memory& shared, int values) : memory(shared), room(values) {}

    __device__ __forceinline__ Run* runs() const { return reinterpret_cast<Run*>(memory.work + 2 * room); }

    // Takes it from the exchange as it comes; null: from memory.
    __device__ __forceinline__ void take(const LinearStep& step, const uint32_t* from) const {
        for (int i = step.in / 8 + threadIdx.x; i < room / 8; i += THREADS) {
            reinterpret_cast<uint4*>(memory.work)[i] = make_uint4(0, 0, 0, 0);
        }
        if constexpr (Format::SCALED) {
            for (int i = step.in / RUN + threadIdx.x; i < room / RUN; i += THREADS) {
                runs()[i] = {0, 0};
            }
        }
        if (step.norm == nullptr) {
            takeActivations(step, from);
        } else {
            takeNormalised(step, from);
        }
        meetBlock();
    }

  private:
    static constexpr int BATCH = 8;  // loads of a thread on their way
    static constexpr float LARGEST = 32512;  // whose upper half, rounded, is 127

    __device__ __forceinline__ void takeActivations(const LinearStep& step, const uint32_t* from) const {
        int count = step.in / 8;
        for (int base = 0; base < count; base += BATCH * THREADS) {
            uint4 value[BATCH];
            read(value, from, step.x, base, count);
#pragma unroll
            for (int j = 0; j < BATCH; j++) {
                if (base + j * THREADS < count) {
                    put(value[j], base + j * THREADS + threadIdx.x, count);
                }
            }
        }
    }

    // A thread's parts of sixteen bytes, of which the row has so many, from one on.
    template <int COUNT>
    __device__ __forceinline__ static void read(uint4 (&values)[COUNT], const uint32_t* from, const void* x, int base,
                                                int count) {
        int first = base + threadIdx.x;
        if (from != nullptr) {
            awaitWords(from, first, THREADS, count, values);
            return;
        }
#pragma unroll
        for (int j = 0; j < COUNT; j++) {
            int i = first + j * THREADS;
            values[j] = i < count ? __ldcg(static_cast<const uint4*>(x) + i) : make_uint4(0, 0, 0, 0);
        }
    }

    __device__ __forceinline__ void put(const uint4& value, int i, int count) const {
        if constexpr (Format::SCALED) {
            const T* from = reinterpret_cast<const T*>(&value);
            float values[8];
#pragma unroll
            for (int j = 0; j < 8; j++) {
                values[j] = toFloat(from[j]);
            }
            putFixed(values, i, i < count);
        } else if (i < count) {
            reinterpret_cast<uint4*>(memory.work)[i] = value;
        }
    }

    __device__ __forceinline__ void takeNormalised(const LinearStep& step, const uint32_t* from) const {
        uint4 words[NORM_VALUES];
        float4 value[NORM_VALUES];
        float4 by[NORM_VALUES];
        int count = step.in / 4;
#pragma unroll
        for (int j = 0; j < NORM_VALUES; j++) {
            int i = j * THREADS + threadIdx.x;
            by[j] = i < count ? __ldg(reinterpret_cast<const float4*>(step.norm) + i) : make_float4(0, 0, 0, 0);
        }
        read(words, from, step.x, 0, count);
        float squares = 0;
#pragma unroll
        for (int j = 0; j < NORM_VALUES; j++) {
            value[j] = {__uint_as_float(words[j].x), __uint_as_float(words[j].y), __uint_as_float(words[j].z),
                        __uint_as_float(words[j].w)};
            squares += value[j].x * value[j].x + value[j].y * value[j].y + value[j].z * value[j].z +
                       value[j].w * value[j].w;
        }
        float factor = rsqrtf(sumOfBlock(squares) / step.in + step.epsilon);
#pragma unroll
        for (int j = 0; j < NORM_VALUES; j++) {
            if (j * THREADS < count) {
                int i = j * THREADS + threadIdx.x;
                float values[4] = {value[j].x * factor * by[j].x, value[j].y * factor * by[j].y,
                                   value[j].z * factor * by[j].z, value[j].w * factor * by[j].w};
                put(values, i, i < count);
            }
        }
    }

    __device__ __forceinline__ void put(const float (&values)[4], int i, bool inside) const {
        if constexpr (Format::SCALED) {
            putFixed(values, i, inside);
        } else if (inside) {
            reinterpret_cast<uint2*>(memory.work)[i] =
                make_uint2(packPair<T>(values[0], values[1]), packPair<T>(values[2], values[3]));
        }
    }

    __device__ __forceinline__ float sumOfBlock(float value) const {
        value = warpSum(value);
        if (threadIdx.x % WARP == 0) {
            memory.scratch[threadIdx.x / WARP] = value;
        }
        meetBlock();
        float total = 0;
#pragma unroll
        for (int i = 0; i < WARPS; i++) {
            total += memory.scratch[i];
        }
        return total;
    }

    __device__ __forceinline__ static float largerOrNaN(float a, float b) {
        float larger;
        asm("max.NaN.f32 %0, %1, %2;" : "=f"(larger) : "f"(a), "f"(b));
        return larger;
    }

    // Byte 0 or 1 of each number.
    __device__ __forceinline__ static uint32_t bytesOf(const uint32_t* four, uint32_t selector) {
        return __byte_perm(__byte_perm(four[0], four[1], selector), __byte_perm(four[2], four[3], selector), 0x5410);
    }

    // Puts neighbouring values of a run in place, of which each lane has COUNT: 4 or 8. Adding MAGIC rounds a value to
    // an integer, which then is the sum's lower bits.
    template <int COUNT>
    __device__ __forceinline__ void putFixed(const float (&values)[COUNT], int index, bool inside) const {
        constexpr int LANES = RUN / COUNT;
        constexpr float MAGIC = 3 << 22;
        constexpr uint32_t MAGIC_BITS = 0x4b400000;
        float most = 0;
#pragma unroll
        for (int i = 0; i < COUNT; i++) {
            most = largerOrNaN(most, fabsf(values[i]));
        }
#pragma unroll
        for (int other = 1; other < LANES; other *= 2) {
            most = largerOrNaN(most, __shfl_xor_sync(0xffffffffu, most, other));
        }
        float inverse = most > 1e-30f ? __fdividef(LARGEST, most) : 0.0f;
        uint32_t numbers[COUNT], raised[COUNT];
        uint32_t sum = 0;
#pragma unroll
        for (int i = 0; i < COUNT; i++) {
            numbers[i] = __float_as_uint(fmaf(values[i], inverse, MAGIC));
            raised[i] = numbers[i] + 128;
            sum += numbers[i];
        }
        sum -= COUNT * MAGIC_BITS;
        if constexpr (Format::OFFSET > 0) {
#pragma unroll
            for (int other = 1; other < LANES; other *= 2) {
                sum += __shfl_xor_sync(0xffffffffu, sum, other);
            }
        }
        int run = index / LANES;
        if (inside && index % LANES == 0) {
            runs()[run] = {most * (1 / LARGEST), -Format::OFFSET * (int)sum};
        }
        char* at = memory.work + run * 64 + index * COUNT / 8 % 4 * 8;
#pragma unroll
        for (int half = 0; half < 2; half++) {
            const uint32_t* from = half == 0 ? raised : numbers;
            uint32_t selector = half == 0 ? 0x0051 : 0x0040;
            if constexpr (COUNT == 8) {
                uint2 words = Format::ordered(bytesOf(from, selector), bytesOf(from + 4, selector));
                if (inside) {
                    *reinterpret_cast<uint2*>(at + half * 32) = words;
                }
            } else {
                uint32_t mine = bytesOf(from, selector);
                uint32_t others = __shfl_xor_sync(0xffffffffu, mine, 1);
                bool second = index % 2 == 1;
                uint2 words = Format::ordered(second ? others : mine, second ? mine : others);
                if (inside) {
                    *reinterpret_cast<uint32_t*>(at + half * 32 + (second ? 4 : 0)) = second ? words.y : words.x;
                }
            }
        }
    }
};

#endif

}  // namespace consort::program
