package io.consort.router.signal.minilm;

import ai.onnxruntime.OrtException;
import io.consort.router.signal.Embedder;
import io.consort.router.signal.EmbedderBusyException;
import io.consort.router.signal.QuickEmbedder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * all-MiniLM-L6-v2 in 8 bits: 384 dimensions, English, at most 256 tokens of a text (its first 128
 * and its last 126). Embeds one text per worker at a time, each on one core, and remembers the
 * texts that it saw last.
 */
public final class MiniLmEmbedder implements Embedder {

    private static final int WAITING_PER_WORKER = 256;
    private static final int WARM_UP_ROUNDS = 20;

    private final MiniLmModel model;
    private final ThreadPoolExecutor workers;
    private final int waiting;
    private final Batches batches;
    private final RecentEmbeddings recent = new RecentEmbeddings();
    private final RecentEmbeddings recentBrief = new RecentEmbeddings();

    private MiniLmEmbedder(MiniLmModel model, int workers) {
        this.model = model;
        this.batches = new Batches(model::embed);
        this.waiting = workers * WAITING_PER_WORKER;
        this.workers =
                new ThreadPoolExecutor(
                        workers,
                        workers,
                        0,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(waiting),
                        Thread.ofPlatform().name("embedder-", 0).daemon().factory());
    }

    /** An embedder with a worker for every second core, four at most. */
    public static MiniLmEmbedder open() {
        return open(Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 4));
    }

    /**
     * Loads the model and warms it up; blocks for about half a second.
     *
     * @param workers threads that embed
     * @throws UncheckedIOException when the model cannot be loaded on this machine
     */
    public static MiniLmEmbedder open(int workers) {
        try {
            MiniLmModel model = new MiniLmModel();
            String text = "one two three four five ";
            for (int round = 0; round < WARM_UP_ROUNDS; round++) {
                model.embed(text.repeat(round % 4 == 0 ? 60 : 4));
            }
            return new MiniLmEmbedder(model, workers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (OrtException e) {
            throw new UncheckedIOException(
                    new IOException("the embedding model does not work: " + e.getMessage(), e));
        }
    }

    @Override
    public String id() {
        return "all-minilm-l6-v2-q/256";
    }

    @Override
    public int dimension() {
        return MiniLmModel.DIMENSION;
    }

    @Override
    public CompletionStage<float[]> embed(String text) {
        return embed(text, model::embed, recent);
    }

    /** Texts of the same length are read together, on all cores. */
    @Override
    public List<float[]> embedAll(List<String> texts) {
        return batches.embed(texts, model.window());
    }

    /** Reads at most the first 32 and the last 30 tokens. */
    @Override
    public Embedder brief() {
        return new Brief();
    }

    @Override
    public Optional<QuickEmbedder> quick() {
        return Optional.of(model.table());
    }

    private CompletionStage<float[]> embed(String text, Reading reading, RecentEmbeddings seen) {
        Optional<float[]> known = seen.find(text);
        if (known.isPresent()) {
            return CompletableFuture.completedStage(known.get());
        }
        CompletableFuture<float[]> embedding = new CompletableFuture<>();
        try {
            workers.execute(new Task(text, embedding, reading, seen));
        } catch (RejectedExecutionException e) {
            embedding.completeExceptionally(
                    workers.isShutdown() ? closed() : new EmbedderBusyException(waiting));
        }
        return embedding;
    }

    @Override
    public void close() {
        for (Runnable waitingTask : workers.shutdownNow()) {
            ((Task) waitingTask).embedding.completeExceptionally(closed());
        }
        try {
            boolean idle = batches.end(closed());
            if (workers.awaitTermination(10, TimeUnit.SECONDS) && idle) {
                model.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private IllegalStateException closed() {
        return new IllegalStateException(id() + " is closed");
    }

    /** How a text becomes an embedding. */
    private interface Reading {
        float[] embed(String text) throws OrtException;
    }

    /** The view of this embedder that reads less of long texts. */
    private final class Brief implements Embedder {
        @Override
        public String id() {
            return "all-minilm-l6-v2-q/" + MiniLmModel.BRIEF;
        }

        @Override
        public int dimension() {
            return MiniLmEmbedder.this.dimension();
        }

        @Override
        public CompletionStage<float[]> embed(String text) {
            return model.isShort(text)
                    ? MiniLmEmbedder.this.embed(text)
                    : MiniLmEmbedder.this.embed(text, model::embedBriefly, recentBrief);
        }

        @Override
        public List<float[]> embedAll(List<String> texts) {
            return batches.embed(texts, model.briefWindow());
        }

        @Override
        public Optional<QuickEmbedder> quick() {
            return MiniLmEmbedder.this.quick();
        }

        @Override
        public void close() {}
    }

    /** One text and who waits for it. */
    private static final class Task implements Runnable {
        private final String text;
        private final CompletableFuture<float[]> embedding;
        private final Reading reading;
        private final RecentEmbeddings seen;

        Task(
                String text,
                CompletableFuture<float[]> embedding,
                Reading reading,
                RecentEmbeddings seen) {
            this.text = text;
            this.embedding = embedding;
            this.reading = reading;
            this.seen = seen;
        }

        @Override
        public void run() {
            float[] vector;
            try {
                vector = reading.embed(text);
            } catch (OrtException | RuntimeException e) {
                embedding.completeExceptionally(e);
                return;
            }
            seen.remember(text, vector);
            embedding.complete(vector);
        }
    }
}
