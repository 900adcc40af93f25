package io.consort.router.classify;

import io.consort.router.signal.Embedder;
import io.consort.router.signal.EmbedderBusyException;
import io.consort.router.signal.QuickEmbedder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Texts as both judges see them.
 *
 * @param thorough by the embedder
 * @param quick by its quick substitute, where there is one
 */
record ExampleEmbeddings(List<Features> thorough, Optional<List<Features>> quick) {

    private static final int IN_FLIGHT = 64;
    private static final long PAUSE_NANOS = 20_000_000;

    /** Embeds the texts; blocks, and waits for room where queries keep the embedder busy. */
    static ExampleEmbeddings of(List<String> texts, Embedder embedder) {
        List<Words> words = texts.stream().map(Words::of).toList();
        List<float[]> embeddings = new ArrayList<>(texts.size());
        Deque<CompletableFuture<float[]>> pending = new ArrayDeque<>(IN_FLIGHT);
        for (String text : texts) {
            if (pending.size() == IN_FLIGHT) {
                embeddings.add(pending.removeFirst().join());
            }
            pending.addLast(embed(text, embedder));
        }
        while (!pending.isEmpty()) {
            embeddings.add(pending.removeFirst().join());
        }
        return new ExampleEmbeddings(
                features(embeddings, words),
                embedder.quick().map(rough -> features(glances(texts, rough), words)));
    }

    private static List<float[]> glances(List<String> texts, QuickEmbedder embedder) {
        return texts.stream().map(embedder::embed).toList();
    }

    private static List<Features> features(List<float[]> embeddings, List<Words> words) {
        return IntStream.range(0, words.size())
                .mapToObj(i -> new Features(embeddings.get(i), words.get(i)))
                .toList();
    }

    private static CompletableFuture<float[]> embed(String text, Embedder embedder) {
        while (true) {
            CompletableFuture<float[]> embedding = embedder.embed(text).toCompletableFuture();
            if (!isBusy(embedding)) {
                return embedding;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static boolean isBusy(CompletableFuture<float[]> embedding) {
        if (!embedding.isCompletedExceptionally()) {
            return false;
        }
        Throwable failure = embedding.exceptionNow();
        return failure instanceof EmbedderBusyException
                || (failure instanceof CompletionException
                        && failure.getCause() instanceof EmbedderBusyException);
    }
}
