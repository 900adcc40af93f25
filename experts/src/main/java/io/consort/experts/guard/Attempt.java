package io.consort.experts.guard;

import io.consort.experts.chat.Answer;
import io.consort.experts.chat.Cancellation;
import io.consort.experts.chat.ChatCall;
import io.consort.experts.chat.ChatExpert;
import io.consort.experts.chat.ExpertException;
import io.consort.experts.chat.ExpertException.Kind;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One try to open an answer, with a cancellation and a time limit of its own. */
final class Attempt {

    private final ChatExpert expert;
    private final Timers timers;
    private final Breaker.Pass pass;
    private final BiConsumer<Attempt, Answer> onOpened;
    private final BiConsumer<Attempt, ExpertException> onFailed;
    private final Cancellation cancellation = new Cancellation();
    private final AtomicBoolean settled = new AtomicBoolean();

    Attempt(
            ChatExpert expert,
            Timers timers,
            Breaker.Pass pass,
            BiConsumer<Attempt, Answer> onOpened,
            BiConsumer<Attempt, ExpertException> onFailed) {
        this.expert = expert;
        this.timers = timers;
        this.pass = pass;
        this.onOpened = onOpened;
        this.onFailed = onFailed;
    }

    Breaker.Pass pass() {
        return pass;
    }

    String expertId() {
        return expert.id();
    }

    void begin(ChatCall call, Duration limit) {
        Timers.Timer timer = timers.after(limit, () -> timedOut(limit));
        expert.open(new ChatCall(call.id(), call.request(), cancellation))
                .whenComplete((answer, failure) -> {
                    timer.cancel();
                    settle(answer, failure);
                });
    }

    /** Ends the attempt, whether its answer has begun or not; what comes later is not heard. */
    void abandon() {
        settled.set(true);
        cancellation.cancel();
        pass.abandoned(ExpertException.of(Kind.CANCELLED, "abandoned"));
    }

    /** Tells the breaker, unless the failure says nothing about the expert's health. */
    void reportFailure(ExpertException failure) {
        switch (failure.kind()) {
            case UNREACHABLE, TIMEOUT, OVERLOADED, UPSTREAM, CIRCUIT_OPEN, GARBLED ->
                    pass.failed(failure);
            case REJECTED, UNSUPPORTED -> pass.succeeded();
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
                            "Expert \"%s\" said nothing for %s".formatted(expert.id(), limit)));
        }
    }
}
