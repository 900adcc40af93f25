// What a program is made of, as ProgramBuilder writes it.
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
constexpr int AHEAD_ON_THEIR_WAY = 2;     // of 8 and 4 bits, of instructions that have not begun
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

// A word of the exchange that nobody has written yet: no result has these bits.
constexpr uint32_t ABSENT = 0xffffffff;
constexpr int NOWHERE = -1;

// One operation, 256 bytes in all; ProgramBuilder writes it so.
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
    int code;    // of weights, or of mixed values
    int units;   // into which it is shared out
    int to;      // word of the exchange from which on its row lies too; NOWHERE: nobody reads it
    int from;    // word from which on its input lies; NOWHERE: it lies in memory from before
    int base;    // likewise the row that is added to
    int kept;    // 1: its row is written to memory
    int unused;
    union {
        LinearStep linear;
        EmbedStep embed;
        AttendStep attend;
        char room[224];
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

// What is kept from launch to launch, zero at first.
struct Rounds {
    uint32_t left[METER];    // blocks that have done everything
    uint32_t number[METER];  // of launches before
};

constexpr int SHARED_BYTES = SLOTS * SLOT_BYTES + WORK_BYTES + 2 * sizeof(Instruction) +
                             SUMS * 2 * WARPS * 16 * 4 + WARPS * 4 + (2 * SLOTS + 2 * SUMS + 3) * 8;

struct ProgramArguments {
    const Instruction* instructions;
    int count;
    const Choice* choices;
    int choiceCount;
    Rounds* rounds;
    uint32_t* exchange;  // [2][words], ABSENT at first
    int words;           // a multiple of 4
};

}  // namespace consort::program
