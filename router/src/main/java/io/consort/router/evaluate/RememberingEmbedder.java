package io.consort.router.evaluate;

import io.consort.router.signal.Embedder;
import io.consort.router.signal.QuickEmbedder;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Gives every text's embedding again without computing it twice. Forgets nothing. */
final class RememberingEmbedder implements Embedder {

    private final Embedder embedder;
    private final Map<String, CompletionStage<float[]>> seen = new ConcurrentHashMap<>();

    /**
     * Remembers an embedder's brief embeddings.
     *
     * @param embedder stays the caller's
     */
    RememberingEmbedder(Embedder embedder) {
        this.embedder = embedder.brief();
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
        return seen.computeIfAbsent(text, embedder::embed);
    }

    @Override
    public Optional<QuickEmbedder> quick() {
        return embedder.quick();
    }

    @Override
    public void close() {
        seen.clear();
    }
}
