package io.consort.runtime.weights;

import io.consort.runtime.weights.block.Codec;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * A tensor of a mapped file.
 *
 * @param place of its first byte in the file; empty where the data are not the file's bytes
 * @param shape sizes of its dimensions, the slowest first
 * @param data its elements, little-endian, row-major, without any alignment; valid until the
 *     weights are closed. A row of a quantised type is a whole number of blocks.
 */
public record Tensor(
        Path file,
        OptionalLong place,
        String name,
        DType type,
        List<Long> shape,
        MemorySegment data) {

    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    public Tensor {
        shape = List.copyOf(shape);
    }

    /** Number of elements. */
    public long count() {
        return data.byteSize() / type.blockBytes() * type.blockSize();
    }

    /**
     * All elements as float32, copied.
     *
     * @throws CheckpointException if the elements are not weights
     */
    public float[] toFloats() {
        float[] values = new float[Math.toIntExact(count())];
        read(0, values, 0, values.length);
        return values;
    }

    /**
     * Copies elements as float32.
     *
     * @param first the first of them, at the beginning of a block
     * @param count a multiple of the block's size
     * @throws CheckpointException if the elements are not weights
     */
    public void read(long first, float[] values, int to, int count) {
        Codec codec = type.codec().orElseThrow(this::noWeights);
        long at = type.bytes(first);
        for (int i = 0; i < count; i += codec.size()) {
            codec.decode(data, at, values, to + i);
            at += codec.bytes();
        }
    }

    /**
     * Some of the rows, which are what the last dimension counts, in the same memory.
     *
     * @param first the first of them
     */
    public Tensor rows(long first, long count) {
        long width = shape.getLast();
        long skipped = type.bytes(first * width);
        MemorySegment part = data.asSlice(skipped, type.bytes(count * width));
        OptionalLong begin =
                place.isPresent() ? OptionalLong.of(place.getAsLong() + skipped) : place;
        return new Tensor(file, begin, name, type, List.of(count, width), part);
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

    private CheckpointException noWeights() {
        return new CheckpointException(
                file, "`%s` is %s".formatted(name, type), "convert it to F32, F16 or BF16");
    }
}
