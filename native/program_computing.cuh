// The warps that compute: products out of the ring, attention, embeddings.
#pragma once

#include "program_units.cuh"

namespace consort::program {

#if __CUDA_ARCH__ == 900  // `setmaxnreg` is of that architecture alone

// A block of a program, for attention.
struct Attending {
    const uint32_t* meeting;
    bool waits;

    __device__ __forceinline__ void awaitPrevious() const {
        if (waits) {
            awaitBlocks(meeting);
            meetAttending();
        }
    }
    __device__ __forceinline__ void synchronize() const { meetAttending(); }
};

template <int SIZE, typename Mixed>
__device__ __forceinline__ void attendUnit(int number, int unit, Attending block) {
    using namespace attention_decode;
    Memory& memory = sharedMemory();
    const AttendStep& step = memory.instructions[number].attend;
    int keyHeads = step.attention.keyHeads;
    Share share = {unit % keyHeads, 0, unit / keyHeads, step.shares};
    attendShare<SIZE, Mixed>(step.attention, step.heads, share, *reinterpret_cast<Room<SIZE>*>(memory.work), block);
}

// The warps that compute: with weights of one format, and heads of one size.
template <typename Format, int SIZE>
struct Computer {
    using T = typename Format::Activation;

    Memory& memory;
    const uint32_t* meetings;
    Cursor cursor;
    Turns turns;
    int place = 0;  // of the next unit's sums
    uint32_t parity = 0;
    int warp = threadIdx.x / WARP;
    int lane = threadIdx.x % WARP;
    int group = threadIdx.x % WARP / 4;
    int quad = threadIdx.x % 4;

    __device__ __forceinline__ explicit Computer(const uint32_t* counter) : memory(sharedMemory()), meetings(counter) {}

    // Where blocks say that they have done what an instruction waits for.
    __device__ __forceinline__ const uint32_t* meetingBefore(const Instruction& instruction) const {
        return meetings + (instruction.after - 1) * METER;
    }

    __device__ __forceinline__ void awaitMeeting(const Instruction& instruction) const {
        if (instruction.after > 0) {
            awaitBlocks(meetingBefore(instruction));
            meetBlock();
        }
    }

    __device__ __forceinline__ void run(const ProgramArguments& a) {
        const uint4* words = reinterpret_cast<const uint4*>(a.instructions);
        constexpr int WORDS = sizeof(Instruction) / 16;
        if (threadIdx.x < WORDS) {
            reinterpret_cast<uint4*>(&memory.instructions[0])[threadIdx.x] = words[threadIdx.x];
        }
        meetBlock();
        for (int i = 0; i < a.count; i++) {
            const Instruction& instruction = memory.instructions[i % 2];
            uint4 next;
            bool fetches = threadIdx.x < WORDS && i + 1 < a.count;
            if (fetches) {
                next = words[(i + 1) * WORDS + threadIdx.x];
            }
            switch (instruction.kind) {
                case ATTEND:
                    begin(i);
                    attend(instruction, i % 2);
                    break;
                case LINEAR:
                    multiply(instruction, i);
                    break;
                default:
                    begin(i);
                    embed(instruction);
            }
            tell(i);
            if (fetches) {
                reinterpret_cast<uint4*>(&memory.instructions[(i + 1) % 2])[threadIdx.x] = next;
            }
            meetBlock();
        }
    }

    // Says that what an instruction waits for is there.
    __device__ __forceinline__ void begin(int number) const {
        if (threadIdx.x == 0) {
            arrive(&memory.begun[number % 2]);
        }
    }

    // Says that this warp has done an instruction, once the one before has been told.
    __device__ __forceinline__ void tell(int number) const {
        __syncwarp();
        await(&memory.told, (number & 1) ^ 1);
        if (lane == 0) {
            arrive(&memory.done);
        }
    }

    __device__ __forceinline__ void embed(const Instruction& instruction) {
        awaitMeeting(instruction);
        const EmbedStep& step = instruction.embed;
        int token = *step.tokens;
        for (int i = blockIdx.x * THREADS + threadIdx.x; i < step.width; i += gridDim.x * THREADS) {
            float value = weightOf(step, token, i);
            step.y[i] = value * step.factor;
        }
    }

    __device__ __forceinline__ static float weightOf(const EmbedStep& step, int token, int i) {
        if constexpr (Format::SCALED) {
            scaled::Place<Format> place(token, i / scaled::RUN, step.width);
            return __half2float(step.scales[place.scale]) *
                   scaled::get(Format(), static_cast<const uint8_t*>(step.weights), place, i % scaled::RUN);
        } else {
            return toFloat(static_cast<const T*>(step.weights)[(size_t)token * step.width + i]);
        }
    }

    // Always in the same blocks, which then have its code at hand.
    __device__ __forceinline__ void attend(const Instruction& instruction, int number) const {
        const AttendStep& step = instruction.attend;
        int first = (blockIdx.x + gridDim.x - step.firstBlock) % gridDim.x;
        bool waits = instruction.after > 0;
        if (threadIdx.x >= ATTENDING) {
            return;
        }
        for (int unit = first; unit < instruction.units; unit += gridDim.x) {
            Attending block = {meetingBefore(instruction), waits};
            attendUnit<SIZE, T>(number, unit, block);
            waits = false;
            meetAttending();
        }
    }

    // Scaled weights are multiplied as the integers that they are: the row's runs of 32 become integers of 16 bits
    // with a scale, of which the tensor cores take the upper and the lower halves as two columns.
    __device__ __forceinline__ float* runScales(int room) const {
        return reinterpret_cast<float*>(memory.work + 2 * room);
    }

    // What makes up for weights that are too large, in a run.
    __device__ __forceinline__ int* runBegins(int room) const {
        return reinterpret_cast<int*>(memory.work + 2 * room + room / RUN * 4);
    }

    template <int LANES>
    __device__ __forceinline__ static float mostOf(float value) {
#pragma unroll
        for (int other = 1; other < LANES; other *= 2) {
            value = largerOrNaN(value, __shfl_xor_sync(0xffffffffu, value, other));
        }
        return value;
    }

    __device__ __forceinline__ static float largerOrNaN(float a, float b) {
        float larger;
        asm("max.NaN.f32 %0, %1, %2;" : "=f"(larger) : "f"(a), "f"(b));
        return larger;
    }

    // Byte 0 or 1 of each number.
    __device__ __forceinline__ static uint32_t bytesOf(const int* four, uint32_t selector) {
        return __byte_perm(__byte_perm(four[0], four[1], selector), __byte_perm(four[2], four[3], selector), 0x5410);
    }

    // Puts neighbouring values of a run in place, of which each lane has COUNT: 4 or 8.
    template <int COUNT>
    __device__ __forceinline__ void putFixed(const float (&values)[COUNT], int index, bool inside, int room) const {
        constexpr int LANES = RUN / COUNT;
        float most = 0;
#pragma unroll
        for (int i = 0; i < COUNT; i++) {
            most = largerOrNaN(most, fabsf(values[i]));
        }
        most = mostOf<LANES>(most);
        float inverse = most > 1e-30f ? 32512 / most : 0.0f;
        int numbers[COUNT], raised[COUNT];
        int sum = 0;
#pragma unroll
        for (int i = 0; i < COUNT; i++) {
            numbers[i] = __float2int_rn(values[i] * inverse);
            raised[i] = numbers[i] + 128;
            sum += numbers[i];
        }
        int run = index * COUNT / RUN;
        if constexpr (Format::OFFSET > 0) {
#pragma unroll
            for (int other = 1; other < LANES; other *= 2) {
                sum += __shfl_xor_sync(0xffffffffu, sum, other);
            }
            if (inside && index % LANES == 0) {
                runBegins(room)[run] = -Format::OFFSET * sum;
            }
        }
        if (inside && index % LANES == 0) {
            runScales(room)[run] = most * (1 / 32512.0f);
        }
        char* at = memory.work + run / 2 * 128 + index * COUNT / 8 % 4 * 16 + run % 2 * 8;
#pragma unroll
        for (int half = 0; half < 2; half++) {
            const int* from = half == 0 ? raised : numbers;
            uint32_t selector = half == 0 ? 0x0051 : 0x0040;
            if constexpr (COUNT == 8) {
                uint2 words = Format::ordered(bytesOf(from, selector), bytesOf(from + 4, selector));
                if (inside) {
                    *reinterpret_cast<uint2*>(at + half * 64) = words;
                }
            } else {
                uint32_t mine = bytesOf(from, selector);
                uint32_t others = __shfl_xor_sync(0xffffffffu, mine, 1);
                bool second = index % 2 == 1;
                uint2 words = Format::ordered(second ? others : mine, second ? mine : others);
                if (inside) {
                    *reinterpret_cast<uint32_t*>(at + half * 64 + (second ? 4 : 0)) = second ? words.y : words.x;
                }
            }
        }
    }

    // The row that is multiplied comes to shared memory, as the tensor cores read it, with zeros behind it.
    __device__ __forceinline__ void take(const Instruction& instruction, int room) {
        const LinearStep& step = instruction.linear;
        for (int i = step.in / 8 + threadIdx.x; i < room / 8; i += THREADS) {
            reinterpret_cast<uint4*>(memory.work)[i] = make_uint4(0, 0, 0, 0);
        }
        if constexpr (Format::SCALED) {
            for (int i = step.in / RUN + threadIdx.x; i < room / RUN; i += THREADS) {
                runScales(room)[i] = 0;
                runBegins(room)[i] = 0;
            }
        }
        if (step.norm == nullptr) {
            takeActivations(instruction, room);
        } else {
            takeNormalised(instruction, room);
        }
        meetBlock();
    }

    __device__ __forceinline__ void takeActivations(const Instruction& instruction, int room) {
        const LinearStep& step = instruction.linear;
        awaitMeeting(instruction);
        for (int base = 0; base < step.in / 8; base += THREADS) {
            int i = base + threadIdx.x;
            bool inside = i < step.in / 8;
            uint4 value = inside ? __ldcg(static_cast<const uint4*>(step.x) + i) : make_uint4(0, 0, 0, 0);
            if constexpr (Format::SCALED) {
                const T* from = reinterpret_cast<const T*>(&value);
                float values[8];
#pragma unroll
                for (int j = 0; j < 8; j++) {
                    values[j] = toFloat(from[j]);
                }
                putFixed(values, i, inside, room);
            } else if (inside) {
                reinterpret_cast<uint4*>(memory.work)[i] = value;
            }
        }
    }

    __device__ __forceinline__ void takeNormalised(const Instruction& instruction, int room) {
        const LinearStep& step = instruction.linear;
        float4 value[NORM_VALUES];
        float4 by[NORM_VALUES];
#pragma unroll
        for (int j = 0; j < NORM_VALUES; j++) {
            int i = j * THREADS + threadIdx.x;
            bool inside = i < step.in / 4;
            by[j] = inside ? __ldg(reinterpret_cast<const float4*>(step.norm) + i) : make_float4(0, 0, 0, 0);
        }
        awaitMeeting(instruction);
        float squares = 0;
#pragma unroll
        for (int j = 0; j < NORM_VALUES; j++) {
            int i = j * THREADS + threadIdx.x;
            bool inside = i < step.in / 4;
            value[j] = inside ? __ldcg(static_cast<const float4*>(step.x) + i) : make_float4(0, 0, 0, 0);
        }
#pragma unroll
        for (int j = 0; j < NORM_VALUES; j++) {
            squares += value[j].x * value[j].x + value[j].y * value[j].y + value[j].z * value[j].z +
                       value[j].w * value[j].w;
        }
        squares = warpSum(squares);
        if (lane == 0) {
            memory.scratch[warp] = squares;
        }
        meetBlock();
        float total = 0;
#pragma unroll
        for (int i = 0; i < WARPS; i++) {
            total += memory.scratch[i];
        }
        float factor = rsqrtf(total / step.in + step.epsilon);
#pragma unroll
        for (int j = 0; j < NORM_VALUES; j++) {
            int i = j * THREADS + threadIdx.x;
            bool inside = i < step.in / 4;
            float values[4] = {value[j].x * factor * by[j].x, value[j].y * factor * by[j].y,
                               value[j].z * factor * by[j].z, value[j].w * factor * by[j].w};
            if constexpr (Format::SCALED) {
                putFixed(values, i, inside, room);
            } else if (inside) {
                reinterpret_cast<uint2*>(memory.work)[i] =
                    make_uint2(packPair<T>(values[0], values[1]), packPair<T>(values[2], values[3]));
            }
        }
    }

    static constexpr int OF_WARP = SLOT_PIECES / WARPS;  // pieces of a slot

    // A warp's part of a slot.
    struct Held {
        uint4 low[OF_WARP], high[OF_WARP];
        uint2 lowScales[OF_WARP], highScales[OF_WARP];
    };

    // Rows of a tile in the order of groups. Plain tiles lie in rows of 128 bytes whose 16-byte parts are swapped by
    // the row's number; this order keeps the two rows that are read at the same time in different banks.
    __device__ __forceinline__ int rowOfGroup() const {
        return Format::SCALED ? group : group / 2 + group % 2 * 4;
    }

    __device__ __forceinline__ static uint2 loadScales(const char* at) {
        if constexpr (Format::GROUPS == 4) {
            return *reinterpret_cast<const uint2*>(at);
        } else {
            return make_uint2(*reinterpret_cast<const uint32_t*>(at), 0);
        }
    }

    // Takes the next slot and gives its room back.
    __device__ __forceinline__ void fetch(Held& held) {
        const char* slot = memory.slots[cursor.slot];
        await(&memory.full[cursor.slot], cursor.parity);
#pragma unroll
        for (int i = 0; i < OF_WARP; i++) {
            int piece = warp * OF_WARP + i;
            if constexpr (Format::SCALED) {
                const uint4* at = reinterpret_cast<const uint4*>(slot) + piece * 64 + lane;
                held.low[i] = at[0];
                held.high[i] = at[WARP];
                const char* scales = slot + TILE_BYTES + (piece * 16 + group) * Format::GROUPS * 2;
                held.lowScales[i] = loadScales(scales);
                held.highScales[i] = loadScales(scales + 8 * Format::GROUPS * 2);
            } else {
                int row = rowOfGroup();
                int part = (piece % 2 * 4 + quad) ^ row;
                const char* at = slot + piece / 2 * 2048 + row * 128 + part * 16;
                held.low[i] = *reinterpret_cast<const uint4*>(at);
                held.high[i] = *reinterpret_cast<const uint4*>(at + 1024);
            }
        }
        __syncwarp();
        if (lane == 0) {
            arrive(&memory.empty[cursor.slot]);
        }
        cursor.advance();
    }

    __device__ __forceinline__ static float scaleOf(uint2 scales, int run) {
        uint32_t word = run < 2 ? scales.x : scales.y;
        __half2 pair = *reinterpret_cast<__half2*>(&word);
        return run % 2 == 0 ? __low2float(pair) : __high2float(pair);
    }

    // All columns of the second factor are the same row. Pieces behind the row's end are multiplied by zero.
    __device__ __forceinline__ void add(const Held& held, int base, int pieces, int room,
                                        float (&sums)[OF_WARP][4]) const {
#pragma unroll
        for (int i = 0; i < OF_WARP; i++) {
            int piece = base + warp * OF_WARP + i;
            if constexpr (Format::SCALED) {
                bool inside = piece < pieces;
                uint2 lowScales = inside ? held.lowScales[i] : make_uint2(0, 0);
                uint2 highScales = inside ? held.highScales[i] : make_uint2(0, 0);
                const uint4* x = reinterpret_cast<const uint4*>(memory.work) + piece * (Format::PIECE / 8) +
                                 group % 2 * 4 + quad;
                const float* scales = runScales(room) + piece * Format::GROUPS;
                const int* begins = runBegins(room) + piece * Format::GROUPS;
#pragma unroll
                for (int run = 0; run < Format::GROUPS; run++) {
                    uint4 pair = x[run / 2 * 8];
                    uint2 low = Format::integers(held.low[i], run);
                    uint2 high = Format::integers(held.high[i], run);
                    int begin = Format::OFFSET > 0 ? begins[run] : 0;
                    int part[4] = {0, begin, 0, begin};  // upper, lower, upper, lower halves
                    Format::multiplyAdd(part, low.x, high.x, low.y, high.y, run % 2 == 0 ? pair.x : pair.z,
                                        run % 2 == 0 ? pair.y : pair.w);
                    sums[i][0] += scaleOf(lowScales, run) * scales[run] * (float)(part[0] * 256 + part[1]);
                    sums[i][2] += scaleOf(highScales, run) * scales[run] * (float)(part[2] * 256 + part[3]);
                }
            } else {
                uint4 low = held.low[i];
                uint4 high = held.high[i];
                uint4 b = reinterpret_cast<const uint4*>(memory.work)[piece * (Format::PIECE / 8) + quad];
                multiplyAdd<T>(sums[i], low.x, high.x, low.y, high.y, b.x, b.y);
                multiplyAdd<T>(sums[i], low.z, high.z, low.w, high.w, b.z, b.w);
            }
        }
    }

    // Slots of all units follow each other: one is on its way to registers while another is multiplied.
    __device__ __forceinline__ void multiply(const Instruction& instruction, int number) {
        const LinearStep& step = instruction.linear;
        int pieces = step.in / Format::PIECE;
        int slotsOfTile = (pieces + SLOT_PIECES - 1) / SLOT_PIECES;
        int room = slotsOfTile * SLOT_PIECES * Format::PIECE;
        take(instruction, room);
        begin(number);
        int unit = turns.take(instruction.units);
        int units = unit < instruction.units ? (instruction.units - 1 - unit) / gridDim.x + 1 : 0;
        int slots = units * slotsOfTile * (step.gated ? 2 : 1);
        int ofTile = 0, tile = 0;
        float sums[OF_WARP][4] = {};
        Held held;
        if (slots > 0) {
            fetch(held);
        }
        for (int slot = 0; slot < slots; slot++) {
            Held next;
            if (slot + 1 < slots) {
                fetch(next);
            }
            add(held, ofTile * SLOT_PIECES, pieces, room, sums);
            held = next;
            if (++ofTile < slotsOfTile) {
                continue;
            }
            ofTile = 0;
            bool first = tile == 0;
            tile = step.gated && first ? 1 : 0;
            putSums(sums, first, tile == 0);
        }
    }

    // Leaves a warp's part of a tile's sums to the warp that ends units.
    __device__ __forceinline__ void putSums(float (&sums)[OF_WARP][4], bool first, bool last) {
        if (first) {
            await(&memory.ended[place], parity ^ 1);
        }
        float low = 0, high = 0;
#pragma unroll
        for (int i = 0; i < OF_WARP; i++) {
            low += sums[i][0];
            high += sums[i][2];
            sums[i][0] = sums[i][1] = sums[i][2] = sums[i][3] = 0;
        }
        if (quad == 0) {
            float* to = memory.sums[place][first ? 0 : 1][warp] + rowOfGroup();
            to[0] = low;
            to[8] = high;
        }
        if (!last) {
            return;
        }
        __syncwarp();
        if (lane == 0) {
            arrive(&memory.summed[place]);
        }
        if (++place == SUMS) {
            place = 0;
            parity ^= 1;
        }
    }
};

#endif

}  // namespace consort::program
