// A whole step as one kernel, or the steps of several models: blocks that stay walk through a list of instructions,
// say when they have done one, and wait for others to have done those that the next one depends on. In each block
// one thread does nothing but bring weights: it runs ahead of the others, through meetings too, by as much as
// shared memory holds, so that the memory never idles. Another warp ends what the others have summed up, and tells
// the other blocks what this one has done, so that those who multiply do nothing else.
#pragma once

#include "attention_decode.cu"
#include "formats.cuh"
#include "scaled.cu"

namespace consort::program {

constexpr int WARPS = 8;                  // that compute
constexpr int THREADS = WARPS * WARP;     // that compute
constexpr int ALL_THREADS = THREADS + 4 * WARP;  // two more bring weights and end units; registers are given to four warps at a time
constexpr int COMPUTING_REGISTERS = 232;  // of a thread
constexpr int OTHER_REGISTERS = 40;
constexpr int SLOTS = 10;                 // of weights, on their way or there
// Slots on their way: more would only lengthen the queue of the memory, in which everything else waits too.
constexpr int ON_THEIR_WAY = 3;
constexpr int SLOT_PIECES = 16;           // of 16 outputs each
constexpr int TILE_BYTES = 16384;         // of a slot, in front of scales
constexpr int SLOT_BYTES = TILE_BYTES + 2048;
constexpr int WORK_BYTES = 40 << 10;
constexpr int WIDEST_NORM = 8192;
constexpr int NORM_VALUES = WIDEST_NORM / 4 / THREADS;  // of a thread, times four
constexpr int RUN = 32;  // values that share a scale
constexpr int SUMS = 3;  // units whose sums wait for their end
constexpr int ATTENDING = attention_decode::WARPS * WARP;  // threads

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
    uint64_t* best;        // [blocks] where each block says which output is its largest, or null
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
    int after;   // so many instructions, from the first, must have been done by all blocks
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

// What becomes of the largest output of a row.
struct Choice {
    const uint64_t* best;  // [blocks]
    int* chosen;           // [2], of which the one for even or odd positions receives it; -1: no numbers
    int* token;            // what the next step reads: the same
    int* position;         // likewise: becomes one more
};

constexpr int METER = 16;  // counters of a line, of which one is used

constexpr int SHARED_BYTES = SLOTS * SLOT_BYTES + WORK_BYTES + 2 * sizeof(Instruction) +
                             SUMS * 2 * WARPS * 16 * 4 + WARPS * 4 + (2 * SLOTS + 2 * SUMS + 4) * 8;

struct ProgramArguments {
    const Instruction* instructions;
    int count;
    const Choice* choices;
    int choiceCount;
    uint32_t* meetings;  // [count + 1][METER], zero
};

#if __CUDA_ARCH__ == 900  // `setmaxnreg` is of that architecture alone

struct Memory {
    char slots[SLOTS][SLOT_BYTES];
    char work[WORK_BYTES];
    Instruction instructions[2];
    float sums[SUMS][2][WARPS][16];  // unit, tile, warp, output
    float scratch[WARPS];
    uint64_t full[SLOTS];
    uint64_t empty[SLOTS];
    uint64_t summed[SUMS];
    uint64_t ended[SUMS];
    uint64_t begun[2];  // instructions, of which every other one has the same barrier
    uint64_t done;      // an instruction, by those who compute
    uint64_t told;      // to the other blocks
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
__device__ __forceinline__ void meetBlock() { asm volatile("bar.sync 1, %0;" ::"n"(THREADS) : "memory"); }

// Among those of them that attend.
__device__ __forceinline__ void meetAttending() { asm volatile("bar.sync 2, %0;" ::"n"(ATTENDING) : "memory"); }

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

    // The slot that was filled so many slots ago has come.
    __device__ __forceinline__ void awaitRoomOnTheWay() const {
        int slot = cursor.slot - ON_THEIR_WAY;
        uint32_t parity = slot < 0 ? cursor.parity ^ 1 : cursor.parity;
        slot = slot < 0 ? slot + SLOTS : slot;
        if (ON_THEIR_WAY < SLOTS && (begun || slot < cursor.slot)) {
            await(&memory.full[slot], parity);
        }
    }

    __device__ __forceinline__ void advance() {
        cursor.advance();
        begun |= cursor.slot == 0;
    }

    __device__ __forceinline__ void bringRows(const Order& order, int output) {
        int pieces = order.in / valuesOfPiece(order.code);
        for (int piece = 0; piece < pieces; piece += SLOT_PIECES) {
            uint64_t* full = &memory.full[cursor.slot];
            char* slot = memory.slots[cursor.slot];
            await(&memory.empty[cursor.slot], cursor.parity ^ 1);
            awaitRoomOnTheWay();
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
            advance();
        }
    }

    Turns turns;
    bool begun = false;  // the second round
};

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

// The warp that ends units: a lane for each output, where the upper half holds what is gated. It tells other blocks
// what this one has done.
struct Finisher {
    Memory& memory;
    Turns turns;
    int lane = threadIdx.x % WARP;
    int place = 0;  // of the next unit's sums
    uint32_t parity = 0;
    uint64_t best = 0;

    __device__ __forceinline__ explicit Finisher(Memory& shared) : memory(shared) {}

    template <typename T>
    __device__ __forceinline__ void run(const ProgramArguments& a) {
        for (int i = 0; i < a.count; i++) {
            await(&memory.begun[i % 2], i / 2 & 1);
            const Instruction& instruction = memory.instructions[i % 2];
            if (instruction.kind == LINEAR) {
                end<T>(instruction);
            }
            await(&memory.done, i & 1);
            __syncwarp();
            if (lane == 0) {
                __threadfence();
                atomicAdd(a.meetings + i * METER, 1);
                arrive(&memory.told);
            }
        }
        leave(a);
    }

    template <typename T>
    __device__ __forceinline__ void end(const Instruction& instruction) {
        const LinearStep& step = instruction.linear;
        best = 0;
        for (int unit = turns.take(instruction.units); unit < instruction.units; unit += gridDim.x) {
            int output = unit * 16 + lane % 16;
            bool inside = lane < 16 && output < step.out;
            float before = 0;
            if (inside && !step.gated) {
                before = step.add ? __ldcg(static_cast<const float*>(step.y) + output) : 0.0f;
                before += step.bias == nullptr ? 0.0f : step.bias[output];
            }
            float total = takeSum();
            if (step.gated) {
                float up = __shfl_down_sync(0xffffffffu, total, 16);
                if (lane < 16 && output < step.out / 2) {
                    static_cast<T*>(step.y)[output] = fromFloat<T>(gated(total, up, step.activation));
                }
            } else if (inside) {
                total += before;
                static_cast<float*>(step.y)[output] = total;
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

    // The last to leave chooses, and puts the counters back.
    __device__ __forceinline__ void leave(const ProgramArguments& a) const {
        bool last = false;
        if (lane == 0) {
            last = atomicAdd(a.meetings + a.count * METER, 1) == gridDim.x - 1;
            __threadfence();
        }
        if (!__shfl_sync(0xffffffffu, last, 0)) {
            return;
        }
        for (int i = 0; i < a.choiceCount; i++) {
            choose(a.choices[i]);
        }
        for (int i = lane; i <= a.count; i += WARP) {
            a.meetings[i * METER] = 0;
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

// Lets the first thread wait until all blocks have done an instruction.
__device__ __forceinline__ void awaitBlocks(const uint32_t* meeting) {
    if (threadIdx.x == 0) {
        uint32_t seen;
        do {
            asm volatile("ld.acquire.gpu.global.u32 %0, [%1];" : "=r"(seen) : "l"(meeting) : "memory");
        } while (seen < gridDim.x);
    }
}

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

template <typename Format, int SIZE>
__device__ __forceinline__ void perform(const ProgramArguments& a) {
    Memory& memory = sharedMemory();
    if (threadIdx.x == 0) {
        for (int slot = 0; slot < SLOTS; slot++) {
            prepareBarrier(&memory.full[slot], 1);
            prepareBarrier(&memory.empty[slot], WARPS);
        }
        for (int place = 0; place < SUMS; place++) {
            prepareBarrier(&memory.summed[place], WARPS);
            prepareBarrier(&memory.ended[place], 1);
        }
        prepareBarrier(&memory.begun[0], 1);
        prepareBarrier(&memory.begun[1], 1);
        prepareBarrier(&memory.done, WARPS);
        prepareBarrier(&memory.told, 1);
        asm volatile("fence.mbarrier_init.release.cluster;" ::: "memory");
    }
    __syncthreads();
    if (threadIdx.x >= THREADS) {
        asm volatile("setmaxnreg.dec.sync.aligned.u32 %0;" ::"n"(OTHER_REGISTERS));
        if (threadIdx.x == THREADS) {
            Bringer(memory).run(a);
        } else if (threadIdx.x / WARP == WARPS + 1) {
            Finisher(memory).run<typename Format::Activation>(a);
        }
    } else {
        asm volatile("setmaxnreg.inc.sync.aligned.u32 %0;" ::"n"(COMPUTING_REGISTERS));
        Computer<Format, SIZE>(a.meetings).run(a);
    }
}

#endif

}  // namespace consort::program
