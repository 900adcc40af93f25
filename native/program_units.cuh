// How units end: the warp that takes sums over from those that compute, writes them, and tells other blocks.
#pragma once

#include "program_exchange.cuh"

namespace consort::program {

#if __CUDA_ARCH__ == 900  // `setmaxnreg` is of that architecture alone

// The largest of outputs as one number: by value, then the smaller one; what is no number, or infinite, is larger
// than all others and names output -1.
__device__ __forceinline__ uint64_t rank(float value, int output) {
    bool number = value < INFINITY;
    uint32_t bits = __float_as_uint(number ? value : INFINITY);
    uint32_t ordered = bits >> 31 ? ~bits : bits | 0x80000000u;
    return (uint64_t)ordered << 32 | (uint32_t)~(number ? output : -1);
}

__device__ __forceinline__ int outputOf(uint64_t rank) {
    constexpr uint32_t LOWEST = 0x007fffffu;  // minus infinity
    return rank >> 32 <= LOWEST ? -1 : (int)~(uint32_t)rank;
}

__device__ __forceinline__ uint64_t warpMost(uint64_t value) {
#pragma unroll
    for (int lane = WARP / 2; lane > 0; lane /= 2) {
        uint64_t other = __shfl_xor_sync(0xffffffffu, value, lane);
        value = other > value ? other : value;
    }
    return value;
}

// The warp that ends units: a lane for each output, where the upper half holds what is gated.
struct Finisher {
    Memory& memory;
    Exchange exchange;
    Turns turns;
    int lane = threadIdx.x % WARP;
    int place = 0;  // of the next unit's sums
    uint32_t parity = 0;
    uint64_t best = 0;

    __device__ __forceinline__ Finisher(Memory& shared, const Exchange& rows) : memory(shared), exchange(rows) {}

    template <typename T>
    __device__ __forceinline__ void run(const ProgramArguments& a) {
        for (int i = 0; i < a.count; i++) {
            await(&memory.begun[i % 2], i / 2 & 1);
            const Instruction& instruction = memory.instructions[i % 2];
            if (instruction.kind == LINEAR) {
                end<T>(instruction);
            }
            __syncwarp();
            if (lane == 0) {
                arrive(&memory.finished);
            }
        }
        leave(a);
    }

    template <typename T>
    __device__ __forceinline__ void end(const Instruction& instruction) {
        const LinearStep& step = instruction.linear;
        uint32_t* to = exchange.row(instruction.to);
        const uint32_t* base = exchange.row(instruction.base);
        best = 0;
        for (int unit = turns.take(instruction.units); unit < instruction.units; unit += gridDim.x) {
            int output = unit * 16 + lane % 16;
            bool inside = lane < 16 && output < step.out;
            float before = 0;
            if (inside && !step.gated) {
                before = !step.add        ? 0.0f
                         : base != nullptr ? awaitFloat(base + output)
                                           : __ldcg(static_cast<const float*>(step.y) + output);
                before += step.bias == nullptr ? 0.0f : step.bias[output];
            }
            float total = takeSum();
            if (step.gated) {
                float up = __shfl_down_sync(0xffffffffu, total, 16);
                float value = gated(total, up, step.activation);
                bool written = lane < 16 && output < step.out / 2;
                if (to != nullptr) {
                    writePair<T>(to, output, value, written);
                }
                if (written && instruction.kept) {
                    static_cast<T*>(step.y)[output] = fromFloat<T>(value);
                }
            } else if (inside) {
                total += before;
                if (to != nullptr) {
                    writeWord(to + output, __float_as_uint(total));
                }
                if (instruction.kept) {
                    static_cast<float*>(step.y)[output] = total;
                }
                uint64_t other = rank(total, output);
                best = other > best ? other : best;
            }
        }
        if (step.best != nullptr) {
            best = warpMost(best);
            if (lane == 0) {
                __stcg(reinterpret_cast<unsigned long long*>(step.best) + blockIdx.x, best);
            }
        }
    }

    __device__ __forceinline__ float takeSum() {
        await(&memory.summed[place], parity);
        float total = 0;
#pragma unroll
        for (int i = 0; i < WARPS; i++) {
            total += memory.sums[place][lane / 16][i][lane % 16];
        }
        __syncwarp();
        if (lane == 0) {
            arrive(&memory.ended[place]);
        }
        if (++place == SUMS) {
            place = 0;
            parity ^= 1;
        }
        return total;
    }

    // The last to leave chooses, and counts the launch.
    __device__ __forceinline__ void leave(const ProgramArguments& a) const {
        bool last = false;
        if (lane == 0) {
            __threadfence();
            last = atomicAdd(&a.rounds->left[0], 1) == gridDim.x - 1;
            __threadfence();
        }
        if (!__shfl_sync(0xffffffffu, last, 0)) {
            return;
        }
        for (int i = 0; i < a.choiceCount; i++) {
            choose(a.choices[i]);
        }
        if (lane == 0) {
            a.rounds->left[0] = 0;
            a.rounds->number[0] += 1;
        }
    }

    __device__ __forceinline__ void choose(const Choice& choice) const {
        uint64_t most = 0;
        for (int i = lane; i < gridDim.x; i += WARP) {
            uint64_t other = __ldcg(reinterpret_cast<const unsigned long long*>(choice.best) + i);
            most = other > most ? other : most;
        }
        most = warpMost(most);
        if (lane == 0) {
            int output = outputOf(most);
            choice.chosen[*choice.position & 1] = output;
            *choice.token = max(output, 0);
            *choice.position += 1;
        }
    }
};

#endif

}  // namespace consort::program
