// How weights come: a ring of slots in shared memory, and the thread that fills it ahead of the others.
#pragma once

#include "barriers.cuh"
#include "program_data.cuh"

namespace consort::program {

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
    uint64_t finished;  // an instruction, by the warp that ends units
};
static_assert(sizeof(Memory) == SHARED_BYTES, "what a launch asks for");
static_assert(sizeof(attention_decode::Room<128>) <= WORK_BYTES, "attention works in it");

__device__ __forceinline__ Memory& sharedMemory() {
    extern __shared__ __align__(1024) char bytes[];
    return *reinterpret_cast<Memory*>(bytes);
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
                bring(order, i);
            }
            next.expect();
        }
    }

    __device__ __forceinline__ void bring(const Order& order, int number) {
        for (int unit = turns.take(order.units); unit < order.units; unit += gridDim.x) {
            bringRows(order, number, unit * 16);
            if (order.gated) {
                bringRows(order, number, order.out / 2 + unit * 16);
            }
        }
    }

    // The slot that was filled so many slots ago has come.
    __device__ __forceinline__ void awaitRoomOnTheWay(const Order& order, int number) const {
        bool ahead = order.code >= OF_Q8 && !isOver(&memory.begun[number % 2], number / 2 & 1);
        int slot = cursor.slot - (ahead ? AHEAD_ON_THEIR_WAY : ON_THEIR_WAY);
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

    __device__ __forceinline__ void bringRows(const Order& order, int number, int output) {
        int pieces = order.in / valuesOfPiece(order.code);
        for (int piece = 0; piece < pieces; piece += SLOT_PIECES) {
            uint64_t* full = &memory.full[cursor.slot];
            char* slot = memory.slots[cursor.slot];
            await(&memory.empty[cursor.slot], cursor.parity ^ 1);
            awaitRoomOnTheWay(order, number);
            if (order.code < OF_Q8) {
                expectBytes(full, TILE_BYTES);
                bringTile(slot, order.weights, output, piece, full, policy);
            } else {
                int count = min(SLOT_PIECES, pieces - piece);
                int scaleBytes = order.code == OF_Q4 ? 128 : 64;
                size_t place = (size_t)(output / 16) * pieces + piece;
                expectBytes(full, count * (1024 + scaleBytes));
                consort::bring(slot, order.weights + place * 1024, count * 1024, full, policy);
                consort::bring(slot + TILE_BYTES, order.scales + place * scaleBytes, count * scaleBytes,
                                        full, policy);
            }
            advance();
        }
    }

    Turns turns;
    bool begun = false;  // the second round
};

#endif

}  // namespace consort::program
