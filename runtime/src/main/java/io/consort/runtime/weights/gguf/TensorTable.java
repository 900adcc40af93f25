package io.consort.runtime.weights.gguf;

import io.consort.runtime.weights.CheckpointException;
import io.consort.runtime.weights.DType;
import io.consort.runtime.weights.Tensor;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Reads the table of tensors that follows the metadata. */
record TensorTable(Path file, GgufCursor cursor, GgufMetadata metadata) {

    private static final int DEFAULT_ALIGNMENT = 32;
    private static final int MOST_DIMENSIONS = 4;

    /** A tensor's place, from the beginning of the data. */
    private record Entry(String name, DType type, List<Long> shape, long offset, long bytes) {}

    Map<String, Tensor> read(int count, MemorySegment data) {
        int alignment = alignment();
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(entry(alignment));
        }
        entries.sort(Comparator.comparingLong(Entry::offset));
        long start = Math.ceilDiv(cursor.place(), alignment) * alignment;
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        long end = 0;
        for (Entry entry : entries) {
            requirePlace(entry, end, data.byteSize() - start);
            end = entry.offset() + entry.bytes();
            long place = start + entry.offset();
            Tensor tensor =
                    new Tensor(
                            file,
                            OptionalLong.of(place),
                            entry.name(),
                            entry.type(),
                            entry.shape(),
                            data.asSlice(place, entry.bytes()));
            if (tensors.put(entry.name(), tensor) != null) {
                throw cursor.damaged("the tensor `%s` is there twice".formatted(entry.name()));
            }
        }
        return tensors;
    }

    private int alignment() {
        int alignment = metadata.integer("general.alignment").orElse(DEFAULT_ALIGNMENT);
        if (alignment < 1 || alignment > 1 << 20 || Integer.bitCount(alignment) != 1) {
            throw cursor.damaged(
                    "`general.alignment` is %d, which is no power of two".formatted(alignment));
        }
        return alignment;
    }

    private Entry entry(int alignment) {
        String name = cursor.text("the name of a tensor");
        int dimensions = cursor.int32("the dimensions of `%s`".formatted(name));
        if (dimensions < 1 || dimensions > MOST_DIMENSIONS) {
            throw cursor.damaged(
                    "`%s` has %s dimensions".formatted(name, Integer.toUnsignedString(dimensions)));
        }
        List<Long> shape = new ArrayList<>();
        for (int i = 0; i < dimensions; i++) {
            shape.addFirst(cursor.int64("the shape of `%s`".formatted(name)));
        }
        DType type = type(name, cursor.int32("the type of `%s`".formatted(name)));
        long offset = cursor.int64("the offset of `%s`".formatted(name));
        if (offset < 0 || offset % alignment != 0) {
            throw cursor.damaged(
                    "`%s` lies at offset %s, which is not aligned to %d"
                            .formatted(name, Long.toUnsignedString(offset), alignment));
        }
        return new Entry(name, type, shape, offset, bytes(name, type, shape));
    }

    private DType type(String name, int number) {
        GgufType known =
                GgufType.of(number)
                        .orElseThrow(() ->
                                cursor.damaged(
                                        "`%s` has the unknown type %s"
                                                .formatted(
                                                        name, Integer.toUnsignedString(number))));
        return known.type()
                .orElseThrow(() ->
                        new CheckpointException(
                                file,
                                "`%s` is stored as %s, which this runtime does not compute with"
                                        .formatted(name, known),
                                "use a file with " + WEIGHTS + ", such as Q8_0, Q4_0 or Q4_K_S"));
    }

    private static final String WEIGHTS =
            Arrays.stream(DType.values())
                    .filter(DType::isWeight)
                    .map(DType::name)
                    .collect(Collectors.joining(", "));

    private long bytes(String name, DType type, List<Long> shape) {
        try {
            long count = 1;
            for (long size : shape) {
                if (size < 1) {
                    throw new ArithmeticException("no elements");
                }
                count = Math.multiplyExact(count, size);
            }
            if (shape.getLast() % type.blockSize() != 0) {
                throw cursor.damaged(
                        "`%s` has rows of %d values, which is no multiple of %s's %d"
                                .formatted(name, shape.getLast(), type, type.blockSize()));
            }
            return type.bytes(count);
        } catch (ArithmeticException e) {
            throw cursor.damaged("`%s` has the impossible shape %s".formatted(name, shape));
        }
    }

    private void requirePlace(Entry entry, long end, long dataBytes) {
        if (entry.offset() < end) {
            throw cursor.damaged("`%s` overlaps the tensor before it".formatted(entry.name()));
        }
        if (entry.bytes() > dataBytes || entry.offset() > dataBytes - entry.bytes()) {
            throw cursor.damaged(
                    "it is truncated: `%s` ends at byte %d of the data, but there are %d"
                            .formatted(
                                    entry.name(),
                                    entry.offset() + entry.bytes(),
                                    Math.max(0, dataBytes)));
        }
    }
}
