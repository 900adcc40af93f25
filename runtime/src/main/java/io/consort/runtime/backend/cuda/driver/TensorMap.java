package io.consort.runtime.backend.cuda.driver;

import static io.consort.runtime.backend.cuda.driver.Library.INT;
import static io.consort.runtime.backend.cuda.driver.Library.WORD;
import static io.consort.runtime.backend.cuda.driver.Status.check;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/** Describes a tensor in device memory to the bulk copy engine of Hopper and later. Immutable; it does not own the tensor. */
public final class TensorMap {

    /** What one takes in memory. */
    public static final int BYTES = 128;

    static final int ALIGNMENT = 64;

    private static final MethodHandle ENCODE =
            Library.requireDriver()
                    .function(
                            "cuTensorMapEncodeTiled",
                            WORD,
                            INT,
                            INT,
                            WORD,
                            WORD,
                            WORD,
                            WORD,
                            WORD,
                            INT,
                            INT,
                            INT,
                            INT);

    /** How rows of a tile are swapped in shared memory against bank conflicts; the bytes of a tile's row are this or less. */
    public enum Swizzle {
        /** Not at all. */
        NONE(0),
        /** Within 32 bytes. */
        BYTES_32(1),
        /** Within 64 bytes. */
        BYTES_64(2),
        /** Within 128 bytes. */
        BYTES_128(3);

        private final int number;

        Swizzle(int number) {
            this.number = number;
        }
    }

    private static final int NO_INTERLEAVE = 0;
    private static final int NO_PROMOTION = 0;
    private static final int ZEROS_OUTSIDE = 0;

    private final MemorySegment memory = Arena.ofAuto().allocate(BYTES, ALIGNMENT);

    private TensorMap() {}

    /**
     * A tensor cut into tiles.
     *
     * @param address of the first element, a multiple of 16
     * @param sizes elements of each dimension, the fastest first
     * @param strides bytes from one row to the next for each dimension but the fastest, multiples of
     *     16
     * @param box elements of a tile in each dimension, at most 256
     */
    public static TensorMap tiled(
            Element element,
            long address,
            long[] sizes,
            long[] strides,
            int[] box,
            Swizzle swizzle) {
        if (strides.length != sizes.length - 1 || box.length != sizes.length) {
            throw new IllegalArgumentException(
                    "%d sizes need %d strides and %d box sizes"
                            .formatted(sizes.length, sizes.length - 1, sizes.length));
        }
        TensorMap map = new TensorMap();
        try (Arena arena = Arena.ofConfined()) {
            int[] steps = new int[sizes.length];
            Arrays.fill(steps, 1);
            int result =
                    (int)
                            ENCODE.invokeExact(
                                    map.memory.address(),
                                    number(element),
                                    sizes.length,
                                    address,
                                    arena.allocateFrom(ValueLayout.JAVA_LONG, sizes).address(),
                                    arena.allocateFrom(ValueLayout.JAVA_LONG, strides).address(),
                                    arena.allocateFrom(ValueLayout.JAVA_INT, box).address(),
                                    arena.allocateFrom(ValueLayout.JAVA_INT, steps).address(),
                                    NO_INTERLEAVE,
                                    swizzle.number,
                                    NO_PROMOTION,
                                    ZEROS_OUTSIDE);
            check(result, "cuTensorMapEncodeTiled");
            return map;
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable failure) {
            throw Library.broken(failure);
        }
    }

    private static int number(Element element) {
        return switch (element) {
            case F8_E4M3 -> 0;
            case F16 -> 6;
            case F32 -> 7;
            case BF16 -> 9;
        };
    }

    /** Writes it to a place that the device reads it from, a multiple of 64. */
    public void copyTo(MemorySegment target, long offset) {
        MemorySegment.copy(memory, 0, target, offset, BYTES);
    }

    MemorySegment memory() {
        return memory;
    }
}
