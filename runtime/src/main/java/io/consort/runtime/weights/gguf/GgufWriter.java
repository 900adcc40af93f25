package io.consort.runtime.weights.gguf;

import io.consort.runtime.weights.DType;
import io.consort.runtime.weights.block.Codec;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a GGUF file of version 3. Tensors are asked for their rows when the file is written, so that
 * no more than one row is in memory.
 */
public final class GgufWriter {

    private static final int VERSION = 3;
    private static final int ALIGNMENT = 32;

    private final Map<String, GgufValue> metadata = new LinkedHashMap<>();
    private final List<Entry> entries = new ArrayList<>();

    /** Writes the bytes of a row of a tensor. */
    @FunctionalInterface
    public interface RowBytes {
        /**
         * Writes one row.
         *
         * @param row from 0 on, in order
         * @param target receives the row, exactly
         */
        void write(long row, MemorySegment target) throws IOException;
    }

    /** Gives the values of a row of a tensor. */
    @FunctionalInterface
    public interface RowValues {
        /**
         * Gives one row.
         *
         * @param row from 0 on, in order
         * @param target receives the row's values, exactly
         */
        void read(long row, float[] target) throws IOException;
    }

    private record Entry(String name, DType type, List<Long> shape, RowBytes rows) {

        long width() {
            return shape.getLast();
        }

        long height() {
            return shape.stream().limit(shape.size() - 1).reduce(1L, Math::multiplyExact);
        }

        long bytes() {
            return Math.multiplyExact(height(), type.bytes(width()));
        }
    }

    /** Adds a value to the metadata, or replaces it. */
    public GgufWriter put(String key, GgufValue value) {
        metadata.put(key, value);
        return this;
    }

    /**
     * Adds a tensor whose rows are bytes already.
     *
     * @param shape the slowest dimension first; the last is a multiple of the type's block
     */
    public GgufWriter add(String name, DType type, List<Long> shape, RowBytes rows) {
        if (shape.getLast() % type.blockSize() != 0) {
            throw new IllegalArgumentException(
                    "`%s` has rows of %d values, which is no multiple of %s's %d"
                            .formatted(name, shape.getLast(), type, type.blockSize()));
        }
        entries.add(new Entry(name, type, List.copyOf(shape), rows));
        return this;
    }

    /**
     * Adds a tensor that is rounded to a type.
     *
     * @param shape the slowest dimension first; the last is a multiple of the type's block
     */
    public GgufWriter addValues(String name, DType type, List<Long> shape, RowValues rows) {
        Codec codec = type.codec().orElseThrow();
        float[] values = new float[Math.toIntExact(shape.getLast())];
        return add(
                name,
                type,
                shape,
                (row, target) -> {
                    rows.read(row, values);
                    for (int i = 0; i < values.length; i += codec.size()) {
                        codec.encode(values, i, target, type.bytes(i));
                    }
                });
    }

    /** Writes the file, replacing what is there. */
    public void write(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            HeaderBytes header = header();
            header.pad(ALIGNMENT);
            writeAll(channel, ByteBuffer.wrap(header.toArray()));
            for (Entry entry : entries) {
                writeRows(channel, entry);
                int padding = (int) (aligned(entry.bytes()) - entry.bytes());
                writeAll(channel, ByteBuffer.allocate(padding));
            }
        }
    }

    private HeaderBytes header() {
        HeaderBytes header = new HeaderBytes();
        header.magic();
        header.int32(VERSION);
        header.int64(entries.size());
        header.int64(metadata.size());
        metadata.forEach(header::pair);
        long offset = 0;
        for (Entry entry : entries) {
            header.text(entry.name());
            header.int32(entry.shape().size());
            entry.shape().reversed().forEach(header::int64);
            header.int32(GgufType.of(entry.type()).orElseThrow().number());
            header.int64(offset);
            offset += aligned(entry.bytes());
        }
        return header;
    }

    private static void writeRows(FileChannel channel, Entry entry) throws IOException {
        byte[] row = new byte[Math.toIntExact(entry.type().bytes(entry.width()))];
        for (long i = 0; i < entry.height(); i++) {
            entry.rows().write(i, MemorySegment.ofArray(row));
            writeAll(channel, ByteBuffer.wrap(row));
        }
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static long aligned(long bytes) {
        return Math.ceilDiv(bytes, ALIGNMENT) * ALIGNMENT;
    }
}
