package io.consort.service.api.chat;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The event loop of one request, to which what other threads say is brought. Tasks that are given one
 * after the other run one after the other, at once where that is possible.
 */
final class EventLoop {

    private final Context context;
    private final Thread thread;
    private final Consumer<Throwable> defects;
    private final AtomicInteger waiting = new AtomicInteger();

    private EventLoop(Context context, Thread thread, Consumer<Throwable> defects) {
        this.context = context;
        this.thread = thread;
        this.defects = defects;
    }

    /**
     * The event loop that this is called on.
     *
     * @param defects told what tasks throw, on the event loop
     */
    static EventLoop current(Vertx vertx, Consumer<Throwable> defects) {
        return new EventLoop(vertx.getOrCreateContext(), Thread.currentThread(), defects);
    }

    /** Runs the task on the event loop. */
    void run(Runnable task) {
        if (Thread.currentThread() == thread && waiting.get() == 0) {
            runGuarded(task);
            return;
        }
        waiting.incrementAndGet();
        context.runOnContext(_ -> {
            waiting.decrementAndGet();
            runGuarded(task);
        });
    }

    /** Hands the stage's result to the handler on the event loop; its failure is a defect. */
    <T> void when(CompletionStage<T> stage, Consumer<? super T> handler) {
        this.<T>whenEither(
                stage,
                (result, failure) -> {
                    if (result == null) {
                        defects.accept(
                                failure == null ? new IllegalStateException("no result") : failure);
                    } else {
                        handler.accept(result);
                    }
                });
    }

    /** Hands the stage's result or its failure to the handler on the event loop. */
    <T> void whenEither(
            CompletionStage<T> stage, BiConsumer<@Nullable T, @Nullable Throwable> handler) {
        var _ = stage.whenComplete((result, failure) -> run(() -> handler.accept(result, failure)));
    }

    private void runGuarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException defect) {
            defects.accept(defect);
        }
    }
}
