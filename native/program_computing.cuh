// The warps that compute: products out of the ring, attention, embeddings.
#pragma once

#include "program_slots.cuh"

namespace consort::program {

#if __CUDA_ARCH__ == 900  // `setmaxnreg` is of that architecture alone

// A block of a program, for attention: heads come and go through the exchange.
struct Attending {
    const uint32_t* from;
    uint32_t* to;
    bool keeps;

    __device__ __forceinline__ void awaitPrevious() const {}
    __device__ __forceinline__ void synchronize() const { meetAttending(); }

    template <int COUNT>
    __device__ __forceinline__ void read(const float*, size_t index, float (&values)[COUNT]) const {
        awaitFloats(from + index, WARP, values);
    }

    template <typename Mixed>
    __device__ __forceinline__ void put(Mixed* mixed, size_t index, float value) const {
        writePair<Mixed>(to, index, value, true);
        if (keeps) {
            mixed[index] = fromFloat<Mixed>(value);
        }
    }
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
    Exchange exchange;
    Cursor cursor;
    Turns turns;
    int place = 0;  // of the next unit's sums
    uint32_t parity = 0;
    int warp = threadIdx.x / WARP;
    int lane = threadIdx.x % WARP;
    typename Part<Format>::Place slotPlace;

    __device__ __forceinline__ explicit Computer(const Exchange& rows) : memory(sharedMemory()), exchange(rows) {}

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
            if (fetches) {
                reinterpret_cast<uint4*>(&memory.instructions[(i + 1) % 2])[threadIdx.x] = next;
            }
            meetBlock();
        }
    }

    // Says that an instruction's units may be ended, once those of the one before are, whose room the next one takes.
    __device__ __forceinline__ void begin(int number) const {
        if (warp == 0) {
            await(&memory.finished, (number & 1) ^ 1);
            if (lane == 0) {
                arrive(&memory.begun[number % 2]);
            }
        }
    }

    __device__ __forceinline__ void embed(const Instruction& instruction) {
        uint32_t* to = exchange.row(instruction.to);
        const EmbedStep& step = instruction.embed;
        int token = *step.tokens;
        for (int i = blockIdx.x * THREADS + threadIdx.x; i < step.width; i += gridDim.x * THREADS) {
            float value = weightOf(step, token, i) * step.factor;
            if (instruction.kept) {
                step.y[i] = value;
            }
            if (to != nullptr) {
                writeWord(to + i, __float_as_uint(value));
            }
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
        if (threadIdx.x >= ATTENDING) {
            return;
        }
        for (int unit = first; unit < instruction.units; unit += gridDim.x) {
            attendUnit<SIZE, T>(number, unit,
                                {exchange.row(instruction.from), exchange.row(instruction.to), instruction.kept != 0});
            meetAttending();
        }
    }

    // Slots of all units follow each other: one is on its way to registers while another is multiplied.
    __device__ __forceinline__ void multiply(const Instruction& instruction, int number) {
        const LinearStep& step = instruction.linear;
        int pieces = step.in / Format::PIECE;
        int slotsOfTile = (pieces + SLOT_PIECES - 1) / SLOT_PIECES;
        int unit = turns.take(instruction.units);
        int units = unit < instruction.units ? (instruction.units - 1 - unit) / gridDim.x + 1 : 0;
        int slots = units * slotsOfTile * (step.gated ? 2 : 1);
        Row<Format> row(memory, slotsOfTile * SLOT_PIECES * Format::PIECE);
        Progress progress = {slotsOfTile, step.gated != 0};
        Part<Format> even = {}, odd = {};  // not left open, which would keep their registers through all instructions
        if (slots > 0) {
            fetch(even);
        }
        row.take(step, exchange.row(instruction.from));
        begin(number);
        for (int slot = 0; slot < slots; slot += 2) {
            if (slot + 1 < slots) {
                fetch(odd);
            }
            add(even, row, pieces, progress);
            if (slot + 1 < slots) {
                if (slot + 2 < slots) {
                    fetch(even);
                }
                add(odd, row, pieces, progress);
            }
        }
    }

    // How far a warp is with the tiles of an instruction.
    struct Progress {
        int slotsOfTile;
        bool gated;
        int slot = 0;  // of the tile
        bool second = false;  // of a unit's tiles
        TileSums sums;
    };

    // Takes the next slot and gives its room back.
    __device__ __forceinline__ void fetch(Part<Format>& part) {
        await(&memory.full[cursor.slot], cursor.parity);
        part.load(memory.slots[cursor.slot], slotPlace);
        __syncwarp();
        if (lane == 0) {
            arrive(&memory.empty[cursor.slot]);
        }
        cursor.advance();
    }

    __device__ __forceinline__ void add(const Part<Format>& part, const Row<Format>& row, int pieces,
                                        Progress& progress) {
        part.multiply(row, slotPlace, progress.slot * SLOT_PIECES, pieces, progress.sums);
        if (++progress.slot < progress.slotsOfTile) {
            return;
        }
        bool last = progress.second || !progress.gated;
        putSums(Part<Format>::total(progress.sums), progress.second, last);
        progress.slot = 0;
        progress.second = !last;
        progress.sums = {};
    }

    // Leaves a warp's part of a tile's sums to the warp that ends units.
    __device__ __forceinline__ void putSums(TileSums sums, bool second, bool last) {
        if (!second) {
            await(&memory.ended[place], parity ^ 1);
        }
        if (lane % 4 == 0) {
            float* to = memory.sums[place][second ? 1 : 0][warp] + Part<Format>::rowOfGroup();
            to[0] = sums.low;
            to[8] = sums.high;
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
