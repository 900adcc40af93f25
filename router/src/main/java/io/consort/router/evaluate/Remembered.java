package io.consort.router.evaluate;

import io.consort.router.signal.Embedder;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers every embedding, so that each text is read once. Closing it changes nothing. */
final class Remembered implements Embedder {

    private final Embedder embedder;
    private final Map<String, CompletionStage<float[]>> known = new ConcurrentHashMap<>();

    /**
     * @param embedder stays the caller's
     */
    Remembered(Embedder embedder) {
        this.embedder = embedder;
    }

    @Override
    public String id() {
        return embedder.id();
    }

    @Override
    public int dimension() {
        return embedder.dimension();
    }

    @Override
    public CompletionStage<float[]> embed(String text) {
        CompletionStage<float[]> before = known.get(text);
        if (before != null) {
            return before;
        }
        CompletionStage<float[]> embedding = embedder.embed(text);
        if (!embedding.toCompletableFuture().isCompletedExceptionally()) {
            known.put(text, embedding);
        }
        return embedding;
    }

    @Override
    public void close() {}
}
