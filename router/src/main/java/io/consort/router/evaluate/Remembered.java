package io.consort.router.evaluate;

import io.consort.router.signal.Embedder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Remembers every embedding, so that each text is read once. Closing it changes nothing. */
final class Remembered implements Embedder {

    private final Embedder embedder;
    private final Map<String, float[]> known = new ConcurrentHashMap<>();

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
        float[] before = known.get(text);
        return before == null
                ? embedder.embed(text).whenComplete((embedding, _) -> remember(text, embedding))
                : CompletableFuture.completedStage(before);
    }

    @Override
    public List<float[]> embedAll(List<String> texts) {
        List<String> missing =
                texts.stream().distinct().filter(text -> !known.containsKey(text)).toList();
        List<float[]> made = embedder.embedAll(missing);
        for (int i = 0; i < made.size(); i++) {
            known.put(missing.get(i), made.get(i));
        }
        return texts.stream().map(text -> known.getOrDefault(text, new float[0])).toList();
    }

    private void remember(String text, float @Nullable [] embedding) {
        if (embedding != null) {
            known.put(text, embedding);
        }
    }

    @Override
    public void close() {}
}
