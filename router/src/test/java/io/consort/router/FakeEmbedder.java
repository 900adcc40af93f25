package io.consort.router;

import io.consort.router.signal.Embedder;
import io.consort.router.signal.QuickEmbedder;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Scatters texts around a centre for each of their kinds. */
public final class FakeEmbedder implements Embedder {

    private static final int DIMENSION = 16;

    private final Function<String, String> kinds;
    private Optional<QuickEmbedder> quick = Optional.empty();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicReference<Optional<RuntimeException>> failure =
            new AtomicReference<>(Optional.empty());

    /** An embedder to which texts of the same kind are similar. */
    public FakeEmbedder(Function<String, String> kinds) {
        this.kinds = kinds;
    }

    /** From now on there is a quick substitute, to which texts of the same such kind are similar. */
    public FakeEmbedder withQuick(Function<String, String> quickKinds) {
        quick = Optional.of(new FakeQuickEmbedder(quickKinds));
        return this;
    }

    @Override
    public Optional<QuickEmbedder> quick() {
        return quick;
    }

    /** From now on every text fails so. */
    public void failWith(RuntimeException exception) {
        failure.set(Optional.of(exception));
    }

    /** How many texts were embedded. */
    public int calls() {
        return calls.get();
    }

    @Override
    public String id() {
        return "fake";
    }

    @Override
    public int dimension() {
        return DIMENSION;
    }

    @Override
    public CompletionStage<float[]> embed(String text) {
        calls.incrementAndGet();
        Optional<RuntimeException> exception = failure.get();
        if (exception.isPresent()) {
            return CompletableFuture.failedStage(exception.get());
        }
        return CompletableFuture.completedStage(scattered(kinds.apply(text), text));
    }

    @Override
    public void close() {}

    private static float[] scattered(String kind, String text) {
        Random centre = new Random(kind.hashCode());
        Random noise = new Random(text.hashCode());
        float[] embedding = new float[DIMENSION];
        double squares = 0;
        for (int i = 0; i < DIMENSION; i++) {
            embedding[i] = (float) (centre.nextGaussian() + 0.2 * noise.nextGaussian());
            squares += embedding[i] * embedding[i];
        }
        for (int i = 0; i < DIMENSION; i++) {
            embedding[i] /= (float) Math.sqrt(squares);
        }
        return embedding;
    }

    private record FakeQuickEmbedder(Function<String, String> kinds) implements QuickEmbedder {
        @Override
        public String id() {
            return "fake-quick";
        }

        @Override
        public int dimension() {
            return DIMENSION;
        }

        @Override
        public float[] embed(String text) {
            return scattered(kinds.apply(text), text);
        }
    }
}
