package io.consort.runtime.weights;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;

/**
 * A tensor of a mapped file.
 *
 * @param shape sizes of its dimensions, the slowest first
 * @param data its elements, little-endian, row-major, without any alignment; valid until the
 *     weights are closed
 */
public record Tensor(Path file, String name, DType type, List<Long> shape, MemorySegment data) {

    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    public Tensor {
        shape = List.copyOf(shape);
    }

    /** Number of elements. */
    public long count() {
        return data.byteSize() / type.bytes();
    }

    /**
     * All elements as float32, copied.
     *
     * @throws CheckpointException if the elements are not floating-point numbers of 16 or 32 bits
     */
    public float[] toFloats() {
        float[] values = new float[Math.toIntExact(count())];
        for (int i = 0; i < values.length; i++) {
            values[i] = floatAt(i);
        }
        return values;
    }

    /**
     * All elements as 64-bit integers, copied.
     *
     * @throws CheckpointException if the elements are of another type
     */
    public long[] toLongs() {
        if (type != DType.I64) {
            throw new CheckpointException(
                    file, "`%s` is %s".formatted(name, type), "store it as I64");
        }
        return data.toArray(LONG);
    }

    private float floatAt(long index) {
        return switch (type) {
            case F32 -> data.get(FLOAT, index * 4);
            case F16 -> Float.float16ToFloat(data.get(SHORT, index * 2));
            case BF16 -> Float.intBitsToFloat(data.get(SHORT, index * 2) << 16);
            case F64, I64, I32, I16, I8, U64, U32, U16, U8, BOOL, F8_E4M3, F8_E5M2 ->
                    throw new CheckpointException(
                            file,
                            "`%s` is %s".formatted(name, type),
                            "convert it to F32, F16 or BF16");
        };
    }
}
