package io.consort.router.signal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Embeddings by key in a file: a head of four numbers (magic, version, width, check sum of what
 * follows), then for each its key and its numbers of 16 bits, little-endian.
 *
 * @param path of the file
 * @param width numbers of an embedding
 */
record EmbeddingFile(Path path, int width) {

    private static final int MAGIC = 0x454D4243;
    private static final int VERSION = 1;
    private static final int HEAD = 4 * Integer.BYTES;

    /**
     * What the file holds, in its order; nothing where there is no file.
     *
     * @throws IOException where it cannot be read or is damaged
     */
    Map<TextKey, short[]> read() throws IOException {
        Map<TextKey, short[]> known = new LinkedHashMap<>();
        if (!Files.exists(path)) {
            return known;
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.remaining() < HEAD
                || bytes.getInt() != MAGIC
                || bytes.getInt() != VERSION
                || bytes.getInt() != width) {
            throw new IOException("the file is of another kind or version");
        }
        if (bytes.getInt() != sum(bytes) || bytes.remaining() % entry() != 0) {
            throw new IOException("the file is damaged");
        }
        while (bytes.hasRemaining()) {
            TextKey key = new TextKey(bytes.getLong(), bytes.getLong());
            short[] halves = new short[width];
            bytes.asShortBuffer().get(halves);
            bytes.position(bytes.position() + width * Short.BYTES);
            known.put(key, halves);
        }
        return known;
    }

    /** Replaces the file at once, or leaves it as it was. */
    void write(Map<TextKey, short[]> embeddings) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(HEAD + embeddings.size() * entry())
                        .order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(HEAD);
        embeddings.forEach((key, halves) -> {
            bytes.putLong(key.first()).putLong(key.second());
            bytes.asShortBuffer().put(halves);
            bytes.position(bytes.position() + width * Short.BYTES);
        });
        bytes.position(HEAD);
        int sum = sum(bytes);
        bytes.rewind();
        bytes.putInt(MAGIC).putInt(VERSION).putInt(width).putInt(sum);
        Path folder = path.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path unfinished = Files.createTempFile(folder, "embeddings", ".part");
        try {
            Files.write(unfinished, bytes.array());
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private int entry() {
        return 2 * Long.BYTES + width * Short.BYTES;
    }

    private static int sum(ByteBuffer bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes.duplicate());
        return (int) sum.getValue();
    }
}
