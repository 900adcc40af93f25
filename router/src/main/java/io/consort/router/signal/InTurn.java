package io.consort.router.signal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;

/** Embeds many texts as single ones, a few at a time, so that queries find room between them. */
final class InTurn {

    private static final int IN_FLIGHT = 64;
    private static final long PAUSE_NANOS = 20_000_000;

    private InTurn() {}

    static List<float[]> embed(List<String> texts, Embedder embedder) {
        List<float[]> done = new ArrayList<>(texts.size());
        Deque<CompletableFuture<float[]>> pending = new ArrayDeque<>(IN_FLIGHT);
        for (String text : texts) {
            if (pending.size() == IN_FLIGHT) {
                done.add(pending.removeFirst().join());
            }
            pending.addLast(embed(text, embedder));
        }
        pending.forEach(last -> done.add(last.join()));
        return done;
    }

    /** Waits for room where queries keep the embedder busy. */
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
