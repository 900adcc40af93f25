package io.consort.runtime.bench.load;

import io.consort.experts.chat.FinishReason;
import io.consort.runtime.engine.EngineException;
import io.consort.runtime.engine.TokenChoice;
import io.consort.runtime.engine.TokenSink;
import java.util.concurrent.CompletableFuture;

/** Waits for the first token and the end of an answer. */
final class FirstToken implements TokenSink {

    private final long begin = System.nanoTime();
    private final CompletableFuture<Long> first = new CompletableFuture<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    /** Milliseconds until the first token; waits for the whole answer. */
    double milliseconds() {
        end.join();
        return first.join() / 1e6;
    }

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public boolean token(TokenChoice choice) {
        first.complete(System.nanoTime() - begin);
        return true;
    }

    @Override
    public void end(FinishReason reason) {
        end.complete(null);
    }

    @Override
    public void failed(EngineException failure) {
        end.completeExceptionally(failure);
    }
}
