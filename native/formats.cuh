// How weights of each format are read: a thread's 16 bytes of a row, and their value as a pair of
// operands of the tensor cores.
//
// The order of the summed index is free as long as weights and activations agree. A lane therefore
// reads 8 neighbouring values where the instruction's own order would take 4 pairs far apart.
//
// Scaled formats are stored as tiles of 16 outputs, the last one filled up: for each piece of a tile, the
// 16 bytes of each lane for outputs 0 to 7, lane by lane, then those for outputs 8 to 15, 1 KiB
// altogether. Scales likewise: for each piece of a tile, output by output, its runs' scales.
#pragma once

#include "common.cuh"

namespace consort {

// Sixteen-bit numbers. A piece is 32 values of a row, 8 for each of four lanes.
template <typename T>
struct Plain {
    using Activation = T;
    static constexpr int PIECE = 32;   // values of a row that one load covers
    static constexpr int GROUPS = 1;   // runs of 32 values in a piece
    static constexpr bool SCALED = false;

    __device__ static __forceinline__ uint4 operand(uint4 piece, int) { return piece; }
};

// Eight-bit integers in runs of 32 with a float16 scale. A piece is 64 values: a lane's 16 bytes
// hold 8 values of either run.
struct Eight {
    using Activation = Bf16;
    static constexpr int PIECE = 64;
    static constexpr int GROUPS = 2;
    static constexpr bool SCALED = true;
    static constexpr int OFFSET = 0;

    // 128 + low seven bits, less 128 or 256 by the sign: exact in bfloat16.
    __device__ static __forceinline__ uint32_t pair(uint32_t word, uint32_t selector) {
        uint32_t bytes = __byte_perm(word, 0x43434343u, selector);
        uint32_t high = bytes & 0x437f437fu;
        uint32_t low = bytes & 0x43804380u;
        __nv_bfloat162 difference = __hsub2(*reinterpret_cast<__nv_bfloat162*>(&high),
                                            *reinterpret_cast<__nv_bfloat162*>(&low));
        return *reinterpret_cast<uint32_t*>(&difference);
    }

    __device__ static __forceinline__ uint4 operand(uint4 piece, int group) {
        uint32_t first = group == 0 ? piece.x : piece.z;
        uint32_t second = group == 0 ? piece.y : piece.w;
        return make_uint4(pair(first, 0x4140), pair(first, 0x4342), pair(second, 0x4140),
                          pair(second, 0x4342));
    }

    // The values as bytes.
    __device__ static __forceinline__ uint2 integers(uint4 piece, int group) {
        return group == 0 ? make_uint2(piece.x, piece.y) : make_uint2(piece.z, piece.w);
    }

    // Bytes of eight values in that order.
    __device__ static __forceinline__ uint2 ordered(uint32_t first, uint32_t second) {
        return make_uint2(first, second);
    }

    // d += a b, with integers a of 16 x 32, b of 32 x 8.
    __device__ static __forceinline__ void multiplyAdd(int (&d)[4], uint32_t a0, uint32_t a1, uint32_t a2,
                                                       uint32_t a3, uint32_t b0, uint32_t b1) {
        asm(
            "mma.sync.aligned.m16n8k32.row.col.s32.s8.s8.s32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, "
            "{%0,%1,%2,%3};"
            : "+r"(d[0]), "+r"(d[1]), "+r"(d[2]), "+r"(d[3])
            : "r"(a0), "r"(a1), "r"(a2), "r"(a3), "r"(b0), "r"(b1));
    }
};

// Four-bit integers, 8 too large, in runs of 32 with a float16 scale. A piece is 128 values: a word
// of a lane holds 8 values of one run, the even ones in its lower half.
struct Four {
    using Activation = Bf16;
    static constexpr int PIECE = 128;
    static constexpr int GROUPS = 4;
    static constexpr bool SCALED = true;
    static constexpr int OFFSET = 8;  // of `integers`

    // 128 + value, less 136: exact in bfloat16.
    __device__ static __forceinline__ uint32_t pair(uint32_t word) {
        uint32_t bits = (word & 0x000f000fu) | 0x43004300u;
        uint32_t offset = 0x43084308u;
        __nv_bfloat162 difference = __hsub2(*reinterpret_cast<__nv_bfloat162*>(&bits),
                                            *reinterpret_cast<__nv_bfloat162*>(&offset));
        return *reinterpret_cast<uint32_t*>(&difference);
    }

    __device__ static __forceinline__ uint32_t wordOf(uint4 piece, int group) {
        return group == 0 ? piece.x : group == 1 ? piece.y : group == 2 ? piece.z : piece.w;
    }

    __device__ static __forceinline__ uint4 operand(uint4 piece, int group) {
        uint32_t word = wordOf(piece, group);
        return make_uint4(pair(word), pair(word >> 4), pair(word >> 8), pair(word >> 12));
    }

    // The values as unsigned bytes, each too large by OFFSET: of eight the first, fifth, second and sixth, then the others.
    __device__ static __forceinline__ uint2 integers(uint4 piece, int group) {
        uint32_t word = wordOf(piece, group);
        return make_uint2(word & 0x0f0f0f0fu, word >> 4 & 0x0f0f0f0fu);
    }

    // Bytes of eight values in that order.
    __device__ static __forceinline__ uint2 ordered(uint32_t first, uint32_t second) {
        return make_uint2(__byte_perm(first, second, 0x5140), __byte_perm(first, second, 0x7362));
    }

    __device__ static __forceinline__ void multiplyAdd(int (&d)[4], uint32_t a0, uint32_t a1, uint32_t a2,
                                                       uint32_t a3, uint32_t b0, uint32_t b1) {
        asm(
            "mma.sync.aligned.m16n8k32.row.col.s32.u8.s8.s32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, "
            "{%0,%1,%2,%3};"
            : "+r"(d[0]), "+r"(d[1]), "+r"(d[2]), "+r"(d[3])
            : "r"(a0), "r"(a1), "r"(a2), "r"(a3), "r"(b0), "r"(b1));
    }
};

}  // namespace consort
