package io.consort.runtime.weights.gguf;

import io.consort.runtime.weights.CheckpointException;
import io.consort.runtime.weights.MappedFile;
import io.consort.runtime.weights.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A GGUF file of version 2 or 3. Every count, length and offset is checked against the file before it
 * is used.
 *
 * @param tensors by name, in order of place; they lie in the file's mapping
 */
public record GgufFile(Path file, GgufMetadata metadata, Map<String, Tensor> tensors) {

    private static final int MAGIC = 0x46554747;
    private static final int SWAPPED_VERSIONS = 0xffff;
    private static final int LEAST_PAIR = 13;
    private static final int LEAST_TENSOR = 32;

    public GgufFile {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    /** Whether a path names a GGUF file, by its kind and name alone. */
    public static boolean isNamed(Path path) {
        return path.toString().endsWith(".gguf") && !Files.isDirectory(path);
    }

    /**
     * Maps a file; the mapping lives as long as the arena.
     *
     * @throws CheckpointException naming the file, what is wrong and the remedy
     */
    public static GgufFile map(Path file, Arena arena) {
        MemorySegment data = MappedFile.map(file, arena);
        GgufCursor cursor = new GgufCursor(file, data);
        if (data.byteSize() < 2 * Integer.BYTES || cursor.int32("the magic number") != MAGIC) {
            throw new CheckpointException(
                    file,
                    "it does not begin with GGUF",
                    "give a GGUF file, or a checkpoint folder");
        }
        requireVersion(file, cursor.int32("the version"));
        int tensors = cursor.count("the number of tensors", LEAST_TENSOR);
        int pairs = cursor.count("the number of metadata values", LEAST_PAIR);
        Map<String, GgufValue> values = new HashMap<>();
        for (int i = 0; i < pairs; i++) {
            String key = cursor.text("the name of a metadata value");
            if (values.put(key, cursor.value(key)) != null) {
                throw cursor.damaged("`%s` is there twice".formatted(key));
            }
        }
        GgufMetadata metadata = new GgufMetadata(file, values);
        requireWhole(metadata);
        TensorTable table = new TensorTable(file, cursor, metadata);
        return new GgufFile(file, metadata, table.read(tensors, data));
    }

    /**
     * The metadata of a file, without a mapping that stays.
     *
     * @throws CheckpointException as {@link #map} does
     */
    public static GgufMetadata metadata(Path file) {
        try (Arena arena = Arena.ofConfined()) {
            return map(file, arena).metadata();
        }
    }

    private static void requireVersion(Path file, int version) {
        if (version != 2 && version != 3) {
            boolean swapped = version != 0 && (version & SWAPPED_VERSIONS) == 0;
            throw new CheckpointException(
                    file,
                    swapped
                            ? "it is big-endian"
                            : "it is of GGUF version %s"
                                    .formatted(Integer.toUnsignedString(version)),
                    "convert the model again, to a little-endian file of version 3");
        }
    }

    private static void requireWhole(GgufMetadata metadata) {
        if (metadata.integer("split.count").orElse(1) > 1) {
            throw new CheckpointException(
                    metadata.file(),
                    "`split.count` says that it is one of several parts",
                    "merge the parts with llama.cpp's gguf-split --merge");
        }
    }
}
