package io.consort.router.signal.minilm;

import ai.onnxruntime.OrtException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Embeds many texts on all cores, as many together as fill a core: only texts of equally many
 * tokens, so that nothing is computed for padding. Long texts are read alone. Thread-safe.
 */
final class Batches {

    /** Tokens from which on more texts at once are hardly faster. */
    private static final int TOKENS = 96;

    private static final int IDLE_SECONDS = 5;

    /** What embeds texts of equally many tokens. */
    interface Network {
        float[][] embed(int[][] texts) throws OrtException;
    }

    private final Network network;
    private final ThreadPoolExecutor threads;

    Batches(Network network) {
        this.network = network;
        int cores = Runtime.getRuntime().availableProcessors();
        threads =
                new ThreadPoolExecutor(
                        cores,
                        cores,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        Thread.ofPlatform().name("batches-", 0).daemon().factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * The embeddings of the texts, in their order; blocks.
     *
     * @throws CompletionException where one cannot be embedded, or the threads have ended
     */
    List<float[]> embed(List<String> texts, TokenWindow window) {
        int[][] tokens = texts.parallelStream().map(window::tokens).toArray(int[][]::new);
        float[][] embeddings = new float[tokens.length][];
        List<Batch> batches =
                batches(tokens).stream()
                        .map(places -> new Batch(tokens, places, embeddings))
                        .toList();
        try {
            batches.forEach(threads::execute);
        } catch (RejectedExecutionException e) {
            throw new CompletionException(e);
        }
        batches.forEach(batch -> batch.done.join());
        return Arrays.asList(embeddings);
    }

    /**
     * Ends the threads. Texts in flight fail.
     *
     * @return whether all have ended after ten seconds
     */
    boolean end(RuntimeException reason) throws InterruptedException {
        for (Runnable waiting : threads.shutdownNow()) {
            ((Batch) waiting).done.completeExceptionally(reason);
        }
        return threads.awaitTermination(10, TimeUnit.SECONDS);
    }

    /** Places of texts of equally many tokens. */
    private static List<int[]> batches(int[][] tokens) {
        int[] order =
                IntStream.range(0, tokens.length)
                        .boxed()
                        .sorted(Comparator.comparingInt(i -> -tokens[i].length))
                        .mapToInt(Integer::intValue)
                        .toArray();
        List<int[]> batches = new ArrayList<>();
        int begin = 0;
        while (begin < order.length) {
            int length = tokens[order[begin]].length;
            int end = begin + 1;
            while (end < order.length
                    && tokens[order[end]].length == length
                    && (end + 1 - begin) * length <= TOKENS) {
                end++;
            }
            batches.add(Arrays.copyOfRange(order, begin, end));
            begin = end;
        }
        return batches;
    }

    /** Some texts and where their embeddings go. */
    private final class Batch implements Runnable {
        private final int[][] tokens;
        private final int[] places;
        private final float[][] embeddings;
        private final CompletableFuture<Void> done = new CompletableFuture<>();

        Batch(int[][] tokens, int[] places, float[][] embeddings) {
            this.tokens = tokens;
            this.places = places;
            this.embeddings = embeddings;
        }

        @Override
        public void run() {
            try {
                float[][] found =
                        network.embed(
                                Arrays.stream(places)
                                        .mapToObj(i -> tokens[i])
                                        .toArray(int[][]::new));
                for (int i = 0; i < places.length; i++) {
                    embeddings[places[i]] = found[i];
                }
                done.complete(null);
            } catch (OrtException | RuntimeException | Error e) {
                done.completeExceptionally(e);
            }
        }
    }
}
