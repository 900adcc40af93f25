package io.consort.router;

import io.consort.router.signal.Embedder;
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
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicReference<Optional<RuntimeException>> failure =
            new AtomicReference<>(Optional.empty());

    /** An embedder to which texts of the same kind are similar. */
    public FakeEmbedder(Function<String, String> kinds) {
        this.kinds = kinds;
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
        Random centre = new Random(kinds.apply(text).hashCode());
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
        return CompletableFuture.completedStage(embedding);
    }

    @Override
    public void close() {}
}
