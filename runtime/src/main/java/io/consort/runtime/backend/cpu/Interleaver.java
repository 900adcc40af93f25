package io.consort.runtime.backend.cpu;

import static io.consort.runtime.backend.cpu.Floats.LANES;
import static io.consort.runtime.backend.cpu.Interleaved.BLOCK;

import io.consort.runtime.backend.cpu.Interleaved.Digits;
import io.consort.runtime.weights.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Makes {@link Interleaved} copies, with all workers. Thread-safe. */
final class Interleaver {

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final long LOWER = 0x0f0f0f0f0f0f0f0fL;
    private static final int UNSIGNED = 0x00808080;
    private static final int FIRST_HALF = Short.BYTES;
    private static final int SECOND_HALF = FIRST_HALF + Long.BYTES;
    private static final int PIECES = 4;

    private final Workers workers;

    Interleaver(Workers workers) {
        this.workers = workers;
    }

    /**
     * A copy of a matrix's first rows, {@link Interleaved#rows as many as can be interleaved}; none
     * where that is none, or where a scale is too large for it. What was mapped only for copying does
     * not stay in memory.
     *
     * @param arena holds the copy
     */
    Optional<Interleaved> copy(Tensor matrix, Arena arena) {
        int out = Math.toIntExact(matrix.shape().getFirst());
        int in = Math.toIntExact(matrix.shape().getLast());
        int rows = Interleaved.rows(matrix.type(), out);
        long bytes = matrix.type().bytes(BLOCK);
        if (rows == 0 || !canWriteScales(matrix.data(), bytes, (long) rows * in / BLOCK)) {
            return Optional.empty();
        }
        Digits digits = Digits.of(matrix.type()).orElseThrow();
        int groups = rows / LANES;
        MemorySegment copy = arena.allocate(groups * digits.groupBytes(in), Interleaved.REGISTER);
        workers.run(
                groups,
                grain(groups),
                (_, from, to) -> {
                    for (int group = from; group < to; group++) {
                        interleave(matrix.data(), digits, bytes, in, group, copy);
                    }
                });
        if (matrix.data().isMapped()) {
            matrix.data().unload();
        }
        return Optional.of(new Interleaved(Segments.plain(copy), digits, in, rows));
    }

    private boolean canWriteScales(MemorySegment stored, long bytes, long blocks) {
        AtomicBoolean all = new AtomicBoolean(true);
        int pieces = workers.count() * PIECES;
        workers.run(
                pieces,
                1,
                (_, from, to) -> {
                    for (long i = blocks * from / pieces; i < blocks * to / pieces; i++) {
                        if (!Scales.canWrite(stored.get(SHORT, i * bytes))) {
                            all.set(false);
                            return;
                        }
                    }
                });
        return all.get();
    }

    private int grain(int groups) {
        return Math.max(1, groups / (workers.count() * PIECES));
    }

    private static void interleave(
            MemorySegment stored,
            Digits digits,
            long bytes,
            int in,
            int group,
            MemorySegment copy) {
        long rowBytes = in / BLOCK * bytes;
        long from = (long) group * LANES * rowBytes;
        long to = group * digits.groupBytes(in);
        for (int column = 0; column < in; column += BLOCK) {
            for (int row = 0; row < LANES; row++) {
                long block = from + row * rowBytes;
                copy.set(SHORT, to + (long) row * Short.BYTES, Scales.of(stored.get(SHORT, block)));
                long numbers = to + Interleaved.SCALES + (long) row * Integer.BYTES;
                if (digits == Digits.FOUR_BITS) {
                    putNibbles(stored, block, copy, numbers);
                } else {
                    putBytes(stored, block, copy, numbers);
                }
            }
            from += bytes;
            to += digits.blockBytes;
        }
    }

    private static void putNibbles(
            MemorySegment stored, long block, MemorySegment copy, long numbers) {
        long first = stored.get(LONG, block + FIRST_HALF);
        long second = stored.get(LONG, block + SECOND_HALF);
        put(copy, numbers, first, LOWER);
        put(copy, numbers + Interleaved.REGISTER, second, LOWER);
        put(copy, numbers + 2 * Interleaved.REGISTER, first, ~LOWER);
        put(copy, numbers + 3 * Interleaved.REGISTER, second, ~LOWER);
    }

    /** Of each four numbers with a sign, the last one keeps it. */
    private static void putBytes(
            MemorySegment stored, long block, MemorySegment copy, long numbers) {
        long to = numbers;
        for (long from = block + Short.BYTES;
                from < block + Short.BYTES + BLOCK;
                from += Integer.BYTES) {
            copy.set(INT, to, stored.get(INT, from) ^ UNSIGNED);
            to += Interleaved.REGISTER;
        }
    }

    /** Four bits of each of eight bytes become one integer; the last ones become a number with a sign. */
    private static void put(MemorySegment copy, long at, long bytes, long mask) {
        copy.set(INT, at, (int) Long.compress(bytes, mask) ^ Integer.MIN_VALUE);
    }
}
