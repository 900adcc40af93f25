package io.consort.experts.guard;

import io.consort.experts.chat.Answer;
import io.consort.experts.chat.Cancellation;
import io.consort.experts.chat.ChatCall;
import io.consort.experts.chat.ExpertException;
import io.consort.experts.chat.ExpertException.Kind;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One try to open an answer, with a cancellation and a time limit of its own. */
final class Attempt {

    private final Guard guard;
    private final Breaker.Pass pass;
    private final BiConsumer<Attempt, Answer> onOpened;
    private final BiConsumer<Attempt, ExpertException> onFailed;
    private final Cancellation cancellation = new Cancellation();
    private final AtomicBoolean settled = new AtomicBoolean();
    private volatile long begunAt;
    private volatile boolean streams;
    private volatile Timers.@Nullable Timer timer;

    Attempt(
            Guard guard,
            Breaker.Pass pass,
            BiConsumer<Attempt, Answer> onOpened,
            BiConsumer<Attempt, ExpertException> onFailed) {
        this.guard = guard;
        this.pass = pass;
        this.onOpened = onOpened;
        this.onFailed = onFailed;
    }

    String expertId() {
        return guard.expert().id();
    }

    void begin(ChatCall call, Duration limit) {
        begunAt = guard.timers().nanoTime();
        streams = call.request().stream();
        Timers.Timer started = guard.timers().after(limit, () -> timedOut(limit));
        timer = started;
        guard.expert()
                .open(call.attempt(cancellation))
                .whenComplete((answer, failure) -> {
                    started.cancel();
                    settle(answer, failure);
                });
    }

    /** Ends the attempt, whether its answer has begun or not; what comes later is not heard. */
    void abandon() {
        abandon(ExpertException.of(Kind.CANCELLED, "abandoned"));
    }

    /** Ends the attempt because another one beside it was faster. */
    void outrun() {
        if (!settled.get()) {
            guard.observations().gaveUp(streams, guard.timers().nanoTime() - begunAt);
        }
        abandon(Race.outran());
    }

    private void abandon(ExpertException reason) {
        settled.set(true);
        Timers.Timer running = timer;
        if (running != null) {
            running.cancel();
        }
        cancellation.cancel();
        pass.abandoned(reason);
    }

    /** The whole answer came. */
    void reportSuccess() {
        guard.observations().ended(true);
        pass.succeeded();
    }

    /** Tells the breaker, unless the failure says nothing about the expert's health. */
    void reportFailure(ExpertException failure) {
        switch (failure.kind()) {
            case UNREACHABLE, TIMEOUT, OVERLOADED, UPSTREAM, CIRCUIT_OPEN, GARBLED -> {
                guard.observations().ended(false);
                pass.failed(failure);
            }
            case REJECTED, UNSUPPORTED -> reportSuccess();
            case CANCELLED -> pass.abandoned(failure);
        }
    }

    /** Stops what the expert still does for this attempt. */
    void stop() {
        cancellation.cancel();
    }

    private void settle(@Nullable Answer answer, @Nullable Throwable failure) {
        if (!settled.compareAndSet(false, true)) {
            return;
        }
        if (answer != null) {
            guard.observations().opened(streams, guard.timers().nanoTime() - begunAt);
            onOpened.accept(this, answer);
            return;
        }
        onFailed.accept(this, Failures.expertException(failure));
    }

    private void timedOut(Duration limit) {
        if (settled.compareAndSet(false, true)) {
            cancellation.cancel();
            onFailed.accept(
                    this,
                    ExpertException.of(
                            Kind.TIMEOUT,
                            "Expert \"%s\" said nothing for %s".formatted(expertId(), limit)));
        }
    }
}
