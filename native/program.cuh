// A whole step as one kernel: blocks that stay walk through a list of instructions and meet between those
// that depend on each other. In each block one warp does nothing but bring weights: it runs ahead of the
// others, through meetings too, by as much as shared memory holds, so that the memory never idles.
#pragma once

#include "attention_decode.cu"
#include "formats.cuh"
#include "scaled.cu"

namespace consort::program {

constexpr int WARPS = 8;                  // that compute
constexpr int THREADS = WARPS * WARP;     // that compute
constexpr int ALL_THREADS = THREADS + 4 * WARP;  // one more brings weights; registers are given to four warps at a time
constexpr int SLOTS = 10;                 // of weights on their way
constexpr int SLOT_PIECES = 16;           // of 16 outputs each
constexpr int TILE_BYTES = 16384;         // of a slot, in front of scales
constexpr int SLOT_BYTES = TILE_BYTES + 2048;
constexpr int WORK_BYTES = 44 << 10;
constexpr int NORM_VALUES = 8;               // of a thread, times four

enum Kind { EMBED, LINEAR, ATTEND };
enum Code { OF_BF16, OF_F16, OF_Q8, OF_Q4 };

// One operation, 256 bytes in all; `native/program.cuh` and ProgramBuilder agree on it.
struct LinearStep {
    const void* weights;   // or where their tensor map lies, in formats without scales
    const __half* scales;
    const float* bias;     // [out], or null
    const void* x;         // [in] activations; normalised: [in] float32
    const float* norm;     // [in] the weight of a norm on the way, or null
    void* y;               // [out] float32; gated: [out / 2] activations
    int in, out;
    int add;               // 1: y += x W^T
    int gated;             // 1: y = activation(first half) * second half
    int activation;
    float epsilon;
};

struct EmbedStep {
    const void* weights;
    const __half* scales;
    const int* tokens;
    float* y;
    int width;
    float factor;
};

struct AttendStep {
    int shares;
    int firstBlock;  // that takes a unit
    AttentionArguments attention;
    HeadsArguments heads;
};

struct Instruction {
    int kind;
    int waits;   // 1: for all that comes before it
    int code;    // of weights, or of mixed values
    int units;   // into which it is shared out
    union {
        LinearStep linear;
        EmbedStep embed;
        AttendStep attend;
        char room[240];
    };
};
static_assert(sizeof(Instruction) == 256, "ProgramBuilder writes 256 bytes");

constexpr int SHARED_BYTES = SLOTS * SLOT_BYTES + WORK_BYTES + 2 * sizeof(Instruction) +
                             2 * 2 * WARPS * 16 * 4 + WARP * 4 + 2 * SLOTS * 8;

struct ProgramArguments {
    const Instruction* instructions;
    int count;
    uint32_t* meetings;  // zero
};

#if __CUDA_ARCH__ == 900  // `setmaxnreg` is of that architecture alone

struct Memory {
    char slots[SLOTS][SLOT_BYTES];
    char work[WORK_BYTES];
    Instruction instructions[2];
    float sums[2][2][WARPS][16];  // turn, tile, warp, output
    float scratch[WARP];
    uint64_t full[SLOTS];
    uint64_t empty[SLOTS];
};
static_assert(sizeof(Memory) == SHARED_BYTES, "what a launch asks for");
static_assert(sizeof(attention_decode::Room<128>) <= WORK_BYTES, "attention works in it");

__device__ __forceinline__ Memory& sharedMemory() {
    extern __shared__ __align__(1024) char bytes[];
    return *reinterpret_cast<Memory*>(bytes);
}

__device__ __forceinline__ uint32_t sharedAddress(const void* pointer) {
    return static_cast<uint32_t>(__cvta_generic_to_shared(pointer));
}

__device__ __forceinline__ void prepareBarrier(uint64_t* barrier, int arrivals) {
    asm volatile("mbarrier.init.shared::cta.b64 [%0], %1;" ::"r"(sharedAddress(barrier)), "r"(arrivals));
}

__device__ __forceinline__ void expectBytes(uint64_t* barrier, int bytes) {
    asm volatile("mbarrier.arrive.expect_tx.shared::cta.b64 _, [%0], %1;" ::"r"(sharedAddress(barrier)),
                 "r"(bytes)
                 : "memory");
}

__device__ __forceinline__ void arrive(uint64_t* barrier) {
    asm volatile("mbarrier.arrive.shared::cta.b64 _, [%0];" ::"r"(sharedAddress(barrier)) : "memory");
}

__device__ __forceinline__ void await(uint64_t* barrier, uint32_t parity) {
    asm volatile(
        "{\n"
        ".reg .pred done;\n"
        "again:\n"
        "mbarrier.try_wait.parity.shared::cta.b64 done, [%0], %1;\n"
        "@!done bra again;\n"
        "}\n" ::"r"(sharedAddress(barrier)),
        "r"(parity)
        : "memory");
}

// Weights are read once: they shall not drive others out of the cache.
__device__ __forceinline__ void bring(void* to, const void* from, int bytes, uint64_t* barrier, uint64_t policy) {
    asm volatile(
        "cp.async.bulk.shared::cluster.global.mbarrier::complete_tx::bytes.L2::cache_hint [%0], [%1], %2, [%3], "
        "%4;" ::"r"(sharedAddress(to)),
        "l"(from), "r"(bytes), "r"(sharedAddress(barrier)), "l"(policy)
        : "memory");
}

// Among the warps that compute.
__device__ __forceinline__ void meetBlock() { asm volatile("bar.sync 1, 256;" ::: "memory"); }

// Where units of an instruction begin in this block, so that all blocks get equally many over time.
struct Turns {
    int next = 0;

    __device__ __forceinline__ int take(int units) {
        int first = (int)blockIdx.x - next;
        next = (next + units) % gridDim.x;
        return first < 0 ? first + gridDim.x : first;
    }
};

// Place in the ring of slots.
struct Cursor {
    int slot = 0;
    uint32_t parity = 0;

    __device__ __forceinline__ void advance() {
        slot++;
        if (slot == SLOTS) {
            slot = 0;
            parity ^= 1;
        }
    }
};

__device__ __forceinline__ int valuesOfPiece(int code) { return code == OF_Q4 ? 128 : code == OF_Q8 ? 64 : 32; }

// Tiles of 16 outputs and 512 values of their rows, as three dimensions: 64 values, outputs, and 8 such pieces.
__device__ __forceinline__ void bringTile(void* to, const void* map, int output, int piece, uint64_t* barrier,
                                          uint64_t policy) {
    asm volatile(
        "cp.async.bulk.tensor.3d.shared::cluster.global.tile.mbarrier::complete_tx::bytes.L2::cache_hint [%0], "
        "[%1, {%2, %3, %4}], [%5], %6;" ::"r"(sharedAddress(to)),
        "l"(map), "r"(0), "r"(output), "r"(piece / 2), "r"(sharedAddress(barrier)), "l"(policy)
        : "memory");
}

// What the warp that brings weights knows of an instruction.
struct Order {
    int kind, code, units, in, out, gated;
    const char* weights;
    const char* scales;

    __device__ __forceinline__ explicit Order(const Instruction& from)
        : kind(from.kind), code(from.code), units(from.units), in(from.linear.in), out(from.linear.out),
          gated(from.linear.gated), weights(static_cast<const char*>(from.linear.weights)),
          scales(reinterpret_cast<const char*>(from.linear.scales)) {}

    __device__ __forceinline__ void expect() const {
        if (kind == LINEAR && code < OF_Q8) {
            asm volatile("prefetch.tensormap [%0];" ::"l"(weights) : "memory");
        }
    }
};

// The thread that brings weights.
struct Bringer {
    Memory& memory;
    Cursor cursor;
    uint64_t policy;

    __device__ __forceinline__ explicit Bringer(Memory& shared) : memory(shared) {
        asm volatile("createpolicy.fractional.L2::evict_first.b64 %0, 1.0;" : "=l"(policy));
    }

    __device__ __forceinline__ void run(const ProgramArguments& a) {
        Order next(a.instructions[0]);
        for (int i = 0; i < a.count; i++) {
            Order order = next;
            if (i + 1 < a.count) {
                next = Order(a.instructions[i + 1]);
            }
            if (order.kind == LINEAR) {
                bring(order);
            }
            next.expect();
        }
    }

    __device__ __forceinline__ void bring(const Order& order) {
        for (int unit = turns.take(order.units); unit < order.units; unit += gridDim.x) {
            bringRows(order, unit * 16);
            if (order.gated) {
                bringRows(order, order.out / 2 + unit * 16);
            }
        }
    }

    __device__ __forceinline__ void bringRows(const Order& order, int output) {
        int pieces = order.in / valuesOfPiece(order.code);
        for (int piece = 0; piece < pieces; piece += SLOT_PIECES) {
            uint64_t* full = &memory.full[cursor.slot];
            char* slot = memory.slots[cursor.slot];
            await(&memory.empty[cursor.slot], cursor.parity ^ 1);
            if (order.code < OF_Q8) {
                expectBytes(full, TILE_BYTES);
                bringTile(slot, order.weights, output, piece, full, policy);
            } else {
                int count = min(SLOT_PIECES, pieces - piece);
                int scaleBytes = order.code == OF_Q4 ? 128 : 64;
                size_t place = (size_t)(output / 16) * pieces + piece;
                expectBytes(full, count * (1024 + scaleBytes));
                consort::program::bring(slot, order.weights + place * 1024, count * 1024, full, policy);
                consort::program::bring(slot + TILE_BYTES, order.scales + place * scaleBytes, count * scaleBytes,
                                        full, policy);
            }
            cursor.advance();
        }
    }

    Turns turns;
};

// Waits until so many blocks have arrived.
__device__ __forceinline__ void awaitMeeting(const uint32_t* meetings, uint32_t expected) {
    if (threadIdx.x == 0) {
        uint32_t seen;
        do {
            asm volatile("ld.acquire.gpu.global.u32 %0, [%1];" : "=r"(seen) : "l"(meetings) : "memory");
        } while (seen < expected);
    }
    meetBlock();
}

// A block of a program, for attention.
struct Attending {
    const uint32_t* meetings;
    uint32_t expected;
    bool waits;

    __device__ __forceinline__ void awaitPrevious() const {
        if (waits) {
            awaitMeeting(meetings, expected);
        }
    }
    __device__ __forceinline__ void synchronize() const { meetBlock(); }
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
    uint32_t expected = 0;  // arrivals
    int turn = 0;           // units
    int warp = threadIdx.x / WARP;
    int lane = threadIdx.x % WARP;
    int group = threadIdx.x % WARP / 4;
    int quad = threadIdx.x % 4;

    __device__ __forceinline__ explicit Computer(const uint32_t* counter) : memory(sharedMemory()), meetings(counter) {}

    // Says that this block has done all before.
    __device__ __forceinline__ void arriveAtMeeting(uint32_t* counter) {
        meetBlock();
        expected += gridDim.x;
        if (threadIdx.x == 0) {
            __threadfence();
            atomicAdd(counter, 1);
        }
    }

    // Waits until all blocks have.
    __device__ __forceinline__ void awaitMeeting() const { consort::program::awaitMeeting(meetings, expected); }

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
            if (instruction.waits) {
                arriveAtMeeting(a.meetings);
            }
            switch (instruction.kind) {
                case ATTEND:
                    attend(instruction, i % 2);
                    break;
                case LINEAR:
                    multiply(instruction);
                    break;
                default:
                    embed(instruction);
            }
            if (fetches) {
                reinterpret_cast<uint4*>(&memory.instructions[(i + 1) % 2])[threadIdx.x] = next;
            }
            meetBlock();
        }
        leave(a.meetings);
    }

    // The last to leave puts the counter back.
    __device__ __forceinline__ void leave(uint32_t* counter) const {
        if (threadIdx.x == 0) {
            __threadfence();
            if (atomicAdd(counter, 1) == expected + gridDim.x - 1) {
                atomicExch(counter, 0);
            }
        }
    }

    __device__ __forceinline__ void embed(const Instruction& instruction) {
        if (instruction.waits) {
            awaitMeeting();
        }
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
        bool done = first >= instruction.units;
        bool waits = instruction.waits;
        for (int unit = first; unit < instruction.units; unit += gridDim.x) {
            Attending block = {meetings, expected, waits};
            attendUnit<SIZE, T>(number, unit, block);
            waits = false;
            meetBlock();
        }
        if (done && waits) {
            awaitMeeting();
        }
    }

    // The sum of each run of the row, so often as its weights are too large.
    __device__ __forceinline__ float* runSums(int in) const { return reinterpret_cast<float*>(memory.work + 2 * in); }

    // Puts a few of the row's values in place, and their part of their run's sum, of which `lanes` have a part.
    template <int LANES>
    __device__ __forceinline__ void sumRun(float* sums, int run, float sum, bool inside) const {
#pragma unroll
        for (int other = 1; other < LANES; other *= 2) {
            sum += __shfl_xor_sync(0xffffffffu, sum, other);
        }
        if (inside && threadIdx.x % LANES == 0) {
            sums[run] = -Format::OFFSET * sum;
        }
    }

    __device__ __forceinline__ static float sumOf(uint32_t pair) {
        const T* values = reinterpret_cast<const T*>(&pair);
        return toFloat(values[0]) + toFloat(values[1]);
    }

    // The row that is multiplied comes to shared memory, as the tensor cores read it, with zeros behind it.
    __device__ __forceinline__ void take(const LinearStep& step, int room, bool waits) {
        for (int i = step.in / 8 + threadIdx.x; i < room / 8; i += THREADS) {
            reinterpret_cast<uint4*>(memory.work)[i] = make_uint4(0, 0, 0, 0);
        }
        if constexpr (Format::RAISED) {
            for (int i = step.in / 32 + threadIdx.x; i < room / 32; i += THREADS) {
                runSums(room)[i] = 0;
            }
        }
        if (step.norm == nullptr) {
            takeActivations(step, room, waits);
        } else {
            takeNormalised(step, room, waits);
        }
        meetBlock();
    }

    __device__ __forceinline__ void takeActivations(const LinearStep& step, int room, bool waits) {
        if (waits) {
            awaitMeeting();
        }
        for (int base = 0; base < step.in / 8; base += THREADS) {
            int i = base + threadIdx.x;
            bool inside = i < step.in / 8;
            uint4 value = inside ? __ldcg(static_cast<const uint4*>(step.x) + i) : make_uint4(0, 0, 0, 0);
            if (inside) {
                reinterpret_cast<uint4*>(memory.work)[i] = value;
            }
            if constexpr (Format::RAISED) {
                float sum = sumOf(value.x) + sumOf(value.y) + sumOf(value.z) + sumOf(value.w);
                sumRun<4>(runSums(room), i / 4, sum, inside);
            }
        }
    }

    __device__ __forceinline__ void takeNormalised(const LinearStep& step, int room, bool waits) {
        float4 value[NORM_VALUES];
        float4 by[NORM_VALUES];
#pragma unroll
        for (int j = 0; j < NORM_VALUES; j++) {
            int i = j * THREADS + threadIdx.x;
            bool inside = i < step.in / 4;
            by[j] = inside ? __ldg(reinterpret_cast<const float4*>(step.norm) + i) : make_float4(0, 0, 0, 0);
        }
        if (waits) {
            awaitMeeting();
        }
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
            uint2 pairs = make_uint2(packPair<T>(value[j].x * factor * by[j].x, value[j].y * factor * by[j].y),
                                     packPair<T>(value[j].z * factor * by[j].z, value[j].w * factor * by[j].w));
            if (inside) {
                reinterpret_cast<uint2*>(memory.work)[i] = pairs;
            }
            if constexpr (Format::RAISED) {
                sumRun<8>(runSums(room), i / 8, sumOf(pairs.x) + sumOf(pairs.y), inside);
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
                int part = (i % 2 * 4 + quad) ^ row;
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
            const uint4* x = reinterpret_cast<const uint4*>(memory.work) + piece * (Format::PIECE / 8) + quad;
            if constexpr (Format::SCALED) {
                bool inside = piece < pieces;
                uint2 lowScales = inside ? held.lowScales[i] : make_uint2(0, 0);
                uint2 highScales = inside ? held.highScales[i] : make_uint2(0, 0);
                float begin[Format::GROUPS] = {};  // what makes up for raised weights
                if constexpr (Format::RAISED) {
                    float4 four = reinterpret_cast<const float4*>(runSums(room))[piece];
                    begin[0] = four.x;
                    begin[1] = four.y;
                    begin[2] = four.z;
                    begin[3] = four.w;
                }
#pragma unroll
                for (int run = 0; run < Format::GROUPS; run++) {
                    uint4 low = factor(held.low[i], run);
                    uint4 high = factor(held.high[i], run);
                    uint4 b = x[run * 4];
                    float part[4] = {0, 0, 0, 0};
                    multiplyAdd<T>(part, low.x, high.x, low.y, high.y, b.x, b.y);
                    multiplyAdd<T>(part, low.z, high.z, low.w, high.w, b.z, b.w);
                    sums[i][0] += scaleOf(lowScales, run) * (part[0] + begin[run]);
                    sums[i][2] += scaleOf(highScales, run) * (part[2] + begin[run]);
                }
            } else {
                uint4 low = held.low[i];
                uint4 high = held.high[i];
                uint4 b = x[0];
                multiplyAdd<T>(sums[i], low.x, high.x, low.y, high.y, b.x, b.y);
                multiplyAdd<T>(sums[i], low.z, high.z, low.w, high.w, b.z, b.w);
            }
        }
    }

    __device__ __forceinline__ static uint4 factor(uint4 piece, int run) {
        if constexpr (Format::RAISED) {
            return Format::raisedOperand(piece, run);
        } else {
            return Format::operand(piece, run);
        }
    }

    // Slots of all units follow each other: one is on its way to registers while another is multiplied.
    __device__ __forceinline__ void multiply(const Instruction& instruction) {
        const LinearStep& step = instruction.linear;
        int pieces = step.in / Format::PIECE;
        int slotsOfTile = (pieces + SLOT_PIECES - 1) / SLOT_PIECES;
        int room = slotsOfTile * SLOT_PIECES * Format::PIECE;
        take(step, room, instruction.waits);
        int unit = turns.take(instruction.units);
        int units = unit < instruction.units ? (instruction.units - 1 - unit) / gridDim.x + 1 : 0;
        int slotsOfUnit = step.gated ? 2 * slotsOfTile : slotsOfTile;
        int slots = units * slotsOfUnit;
        int row = rowOfGroup();
        int ofTile = 0, tile = 0;
        float before = 0;
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
            if (ofTile == 0 && step.add && warp == turn % WARPS) {
                before = __ldcg(static_cast<const float*>(step.y) + min(unit * 16 + lane % 16, step.out - 1));
            }
            add(held, ofTile * SLOT_PIECES, pieces, room, sums);
            held = next;
            if (++ofTile < slotsOfTile) {
                continue;
            }
            ofTile = 0;
            if (quad == 0) {
                memory.sums[turn % 2][tile][warp][row] = sums[0][0] + sums[1][0];
                memory.sums[turn % 2][tile][warp][row + 8] = sums[0][2] + sums[1][2];
            }
#pragma unroll
            for (int i = 0; i < OF_WARP; i++) {
                sums[i][0] = sums[i][1] = sums[i][2] = sums[i][3] = 0;
            }
            if (step.gated && tile == 0) {
                tile = 1;
                continue;
            }
            tile = 0;
            meetBlock();
            if (warp == turn % WARPS) {
                finish(step, unit, before);
            }
            turn++;
            unit += gridDim.x;
        }
    }

    // A lane for each output of a unit; gated: the upper half holds what is gated.
    __device__ __forceinline__ void finish(const LinearStep& step, int unit, float before) {
        int output = unit * 16 + lane % 16;
        float total = 0;
#pragma unroll
        for (int i = 0; i < WARPS; i++) {
            total += memory.sums[turn % 2][lane / 16][i][lane % 16];
        }
        if (step.gated) {
            float up = __shfl_down_sync(0xffffffffu, total, 16);
            if (lane < 16 && output < step.out / 2) {
                static_cast<T*>(step.y)[output] = fromFloat<T>(gated(total, up, step.activation));
            }
            return;
        }
        if (lane < 16 && output < step.out) {
            float* y = static_cast<float*>(step.y) + output;
            total += step.bias == nullptr ? 0.0f : step.bias[output];
            *y = step.add ? before + total : total;
        }
    }
};

template <typename Format, int SIZE>
__device__ __forceinline__ void perform(const ProgramArguments& a) {
    Memory& memory = sharedMemory();
    if (threadIdx.x == 0) {
        for (int slot = 0; slot < SLOTS; slot++) {
            prepareBarrier(&memory.full[slot], 1);
            prepareBarrier(&memory.empty[slot], WARPS);
        }
        asm volatile("fence.mbarrier_init.release.cluster;" ::: "memory");
    }
    __syncthreads();
    if (threadIdx.x >= THREADS) {
        asm volatile("setmaxnreg.dec.sync.aligned.u32 40;");
        if (threadIdx.x == THREADS) {
            Bringer(memory).run(a);
        }
    } else {
        asm volatile("setmaxnreg.inc.sync.aligned.u32 232;");
        Computer<Format, SIZE>(a.meetings).run(a);
    }
}

#endif

}  // namespace consort::program
