package io.consort.service.api;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Work that blocks, away from event loops. */
public final class Background {

    private Background() {}

    /** Runs the work on a thread of its own; what it throws fails the stage. */
    public static <T> CompletionStage<T> run(Callable<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        done.complete(work.call());
                    } catch (Exception failure) {
                        done.completeExceptionally(failure);
                    }
                });
        return done;
    }
}
