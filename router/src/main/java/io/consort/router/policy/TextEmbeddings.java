package io.consort.router.policy;

import io.consort.router.signal.Embedder;
import io.consort.router.signal.EmbedderBusyException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;

/**
 * Embeddings of many texts, kept in files so that each is made once. The files may be deleted at any
 * time.
 */
final class TextEmbeddings {

    private static final System.Logger LOG = System.getLogger(TextEmbeddings.class.getName());
    private static final int IN_FLIGHT = 8;
    private static final long PAUSE_NANOS = 20_000_000;
    private static final long REPORT_NANOS = 5_000_000_000L;

    private final Embedder embedder;
    private final Path folder;

    /**
     * @param embedder stays the caller's
     * @param folder made when the first embeddings are kept
     */
    TextEmbeddings(Embedder embedder, Path folder) {
        this.embedder = embedder;
        this.folder = folder;
    }

    /** The embedding of every text; blocks meanwhile. */
    Map<String, float[]> of(List<String> texts) {
        List<String> parts = new ArrayList<>(texts);
        parts.addFirst(embedder.id());
        Path file = folder.resolve("embeddings-%s.bin".formatted(Fingerprint.of(parts)));
        List<float[]> known = read(file, texts.size());
        if (known.isEmpty()) {
            known = embed(texts);
            keep(file, known);
        }
        Map<String, float[]> byText = new HashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            byText.put(texts.get(i), known.get(i));
        }
        return byText;
    }

    private List<float[]> embed(List<String> texts) {
        List<float[]> done = new ArrayList<>(texts.size());
        Deque<CompletableFuture<float[]>> pending = new ArrayDeque<>(IN_FLIGHT);
        long reported = System.nanoTime();
        for (String text : texts) {
            if (pending.size() == IN_FLIGHT) {
                done.add(pending.removeFirst().join());
            }
            pending.addLast(embed(text));
            if (System.nanoTime() - reported > REPORT_NANOS) {
                reported = System.nanoTime();
                LOG.log(Level.INFO, "Read {0} of {1} texts", done.size(), texts.size());
            }
        }
        pending.forEach(last -> done.add(last.join()));
        return done;
    }

    /** Waits for room where queries keep the embedder busy. */
    private CompletableFuture<float[]> embed(String text) {
        while (true) {
            CompletableFuture<float[]> embedding = embedder.embed(text).toCompletableFuture();
            if (!embedding.isCompletedExceptionally() || !isBusy(embedding.exceptionNow())) {
                return embedding;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static boolean isBusy(Throwable failure) {
        return failure instanceof EmbedderBusyException
                || (failure instanceof CompletionException
                        && failure.getCause() instanceof EmbedderBusyException);
    }

    /** What a file keeps; nothing where it is missing or cut off. */
    private List<float[]> read(Path file, int count) {
        int width = embedder.dimension();
        try {
            if (!Files.exists(file) || Files.size(file) != (long) count * width * Float.BYTES) {
                return List.of();
            }
            ByteBuffer bytes =
                    ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            List<float[]> rows = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                float[] row = new float[width];
                for (int j = 0; j < width; j++) {
                    row[j] = bytes.getFloat();
                }
                rows.add(row);
            }
            return rows;
        } catch (IOException unreadable) {
            LOG.log(Level.WARNING, "{0} cannot be read: {1}", file, unreadable.toString());
            return List.of();
        }
    }

    private void keep(Path file, List<float[]> rows) {
        ByteBuffer bytes =
                ByteBuffer.allocate(rows.size() * embedder.dimension() * Float.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN);
        for (float[] row : rows) {
            for (float value : row) {
                bytes.putFloat(value);
            }
        }
        try {
            Files.createDirectories(folder);
            Path unfinished = Files.createTempFile(folder, "embeddings", ".part");
            Files.write(unfinished, bytes.array());
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException full) {
            LOG.log(
                    Level.WARNING,
                    "Embeddings cannot be kept in {0} and will be made again: {1}",
                    file,
                    full.toString());
        }
    }
}
