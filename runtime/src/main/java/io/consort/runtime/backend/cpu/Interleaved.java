package io.consort.runtime.backend.cpu;

import static io.consort.runtime.backend.cpu.Floats.LANES;

import io.consort.runtime.weights.DType;
import java.lang.foreign.MemorySegment;

/**
 * A copy of a Q4_0 matrix in which groups of rows are interleaved, as many as a register has lanes:
 * a lane belongs to a row, so that nothing is ever added across lanes and one multiplication scales a
 * block of all the group's rows. The copy is as large as the matrix.
 *
 * <pre>
 * groups, one after the other; a group: its blocks of {@link #BLOCK} columns, one after the other
 * a block: of each row the scale in 16 bits, see {@link Scales};
 *          then four times of each row eight columns' numbers, the first in the lowest four bits:
 *          from 0 to 15, but the last one, which has the integer's sign, from -8 to 7
 * </pre>
 *
 * <p>A sum begins, for each block, with minus eight times the sum of the vector's values at numbers
 * from 0 to 15, adds the products with all numbers in the order of columns, and is then scaled and
 * added to what the blocks before have. Every kernel keeps to this order.
 *
 * @param data without any alignment; valid as long as the memory that it was copied to
 * @param in columns, a multiple of {@link #BLOCK}
 * @param rows a multiple of {@link #ROWS}
 */
record Interleaved(MemorySegment data, int in, int rows) {

    /** Columns that share a scale. */
    static final int BLOCK = 32;

    /** Groups that are multiplied side by side. */
    static final int GROUPS = 4;

    /** Rows that are multiplied side by side. */
    static final int ROWS = GROUPS * LANES;

    /** Columns whose numbers are in one integer. */
    static final int DIGITS = Integer.SIZE / 4;

    /** Bytes of a register. */
    static final long REGISTER = (long) LANES * Integer.BYTES;

    /** Bytes of the scales of a group's block. */
    static final long SCALES = (long) LANES * Short.BYTES;

    /** Bytes of a group's block. */
    static final long BLOCK_BYTES = SCALES + BLOCK / DIGITS * REGISTER;

    /** How many of a matrix's rows are interleaved, the first ones; the others are computed as stored. */
    static int rows(DType type, int rows) {
        return rows(type, rows, LANES);
    }

    /**
     * The same for registers of so many lanes. With fewer than eight, a block as it is stored fills
     * several registers and a group is too small to pay.
     */
    static int rows(DType type, int rows, int lanes) {
        int side = GROUPS * lanes;
        return type == DType.Q4_0 && (lanes == 8 || lanes == 16) ? rows / side * side : 0;
    }

    /** Bytes of a group. */
    long groupBytes() {
        return groupBytes(in);
    }

    static long groupBytes(int in) {
        return (long) in / BLOCK * BLOCK_BYTES;
    }
}
