package io.consort.runtime.backend.cpu;

import static io.consort.runtime.backend.cpu.Floats.LANES;

import io.consort.runtime.weights.DType;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * A copy of a Q4_0 or Q8_0 matrix in which groups of rows are interleaved, as many as a register has lanes:
 * a lane belongs to a row, so that nothing is ever added across lanes and one multiplication scales a
 * block of all the group's rows. The copy is as large as the matrix.
 *
 * <pre>
 * groups, one after the other; a group: its blocks of {@link #BLOCK} columns, one after the other
 * a block: of each row the scale in 16 bits, see {@link Scales};
 *          then of each row an integer of the next columns' numbers, the first in the lowest bits,
 *          and so on; Q4_0: four integers of eight numbers from 0 to 15, but the last one, which has the
 *          integer's sign, from -8 to 7; Q8_0: eight of four from 0 to 255, the last from -128 to 127
 * </pre>
 *
 * <p>A sum begins, for each block, with minus 8 or 128 times the sum of the vector's values at numbers
 * without a sign, adds the products with all numbers in the order of columns, and is then scaled and
 * added to what the blocks before have. Every kernel keeps to this order.
 *
 * @param data without any alignment; valid as long as the memory that it was copied to
 * @param in columns, a multiple of {@link #BLOCK}
 * @param rows a multiple of {@link #ROWS}
 */
record Interleaved(MemorySegment data, Digits digits, int in, int rows) {

    /** How numbers lie in integers. */
    enum Digits {
        /** Those of Q4_0. */
        FOUR_BITS(4),
        /** Those of Q8_0. */
        EIGHT_BITS(8);

        /** Bits of a number. */
        final int bits;

        /** Numbers in an integer. */
        final int count;

        /** Bytes of a group's block. */
        final long blockBytes;

        Digits(int bits) {
            this.bits = bits;
            count = Integer.SIZE / bits;
            blockBytes = SCALES + BLOCK / count * REGISTER;
        }

        static Optional<Digits> of(DType type) {
            return switch (type) {
                case Q4_0 -> Optional.of(FOUR_BITS);
                case Q8_0 -> Optional.of(EIGHT_BITS);
                default -> Optional.empty();
            };
        }

        /** Bytes of a group of rows of so many columns. */
        long groupBytes(int in) {
            return in / BLOCK * blockBytes;
        }
    }

    /** Columns that share a scale. */
    static final int BLOCK = 32;

    /** Groups that are multiplied side by side. */
    static final int GROUPS = 4;

    /** Rows that are multiplied side by side. */
    static final int ROWS = GROUPS * LANES;

    /** Bytes of a register. */
    static final long REGISTER = (long) LANES * Integer.BYTES;

    /** Bytes of the scales of a group's block. */
    static final long SCALES = (long) LANES * Short.BYTES;

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
        boolean fits = lanes == 8 || lanes == 16;
        return fits && Digits.of(type).isPresent() ? rows / side * side : 0;
    }

    /** Bytes of a group. */
    long groupBytes() {
        return digits.groupBytes(in);
    }
}
