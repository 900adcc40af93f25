package io.consort.runtime.bench;

import io.consort.experts.chat.FinishReason;
import io.consort.runtime.engine.Engine;
import io.consort.runtime.engine.EngineException;
import io.consort.runtime.engine.EngineModel;
import io.consort.runtime.engine.Generation;
import io.consort.runtime.engine.Sampler;
import io.consort.runtime.engine.TokenChoice;
import io.consort.runtime.engine.TokenSink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Hears when the tokens of one answer come. */
public final class TokenTimes implements TokenSink {

    private final long begin = System.nanoTime();
    private final List<Double> seconds = new ArrayList<>();
    private final CompletableFuture<List<Double>> end = new CompletableFuture<>();

    private TokenTimes() {}

    /**
     * Asks a model, and comes back when the answer has ended.
     *
     * @return seconds from the question to each token
     */
    public static List<Double> of(Engine engine, EngineModel model, int promptTokens, int tokens) {
        int[] prompt = new int[promptTokens];
        Arrays.setAll(prompt, i -> 3 * i + 1);
        TokenTimes times = new TokenTimes();
        engine.submit(
                model,
                new Generation(
                        prompt,
                        tokens,
                        Set.of(),
                        new Sampler.Greedy(),
                        OptionalInt.empty(),
                        OptionalLong.empty()),
                times);
        return times.end.join();
    }

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public boolean token(TokenChoice choice) {
        seconds.add((System.nanoTime() - begin) / 1e9);
        return true;
    }

    @Override
    public void end(FinishReason reason) {
        end.complete(List.copyOf(seconds));
    }

    @Override
    public void failed(EngineException failure) {
        end.completeExceptionally(failure);
    }
}
