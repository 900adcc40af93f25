package io.consort.experts.guard;

import io.consort.experts.chat.Answer;
import io.consort.experts.chat.ChatCall;
import io.consort.experts.chat.ExpertException;
import io.consort.experts.chat.ExpertException.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One call on its way through the guard: attempts until one opens an answer or none is left. */
final class GuardedCall {

    private final Guard guard;
    private final ChatCall call;
    private final Duration firstEventLimit;
    private final long begunAt;
    private final CompletableFuture<Answer> opened = new CompletableFuture<>();

    private int attempts;
    // The current attempt, wait or answer, and whether there will be no other; guarded by this.
    private @Nullable Runnable abandon;
    private boolean ended;

    GuardedCall(Guard guard, ChatCall call, Duration firstEventLimit) {
        this.guard = guard;
        this.call = call;
        this.firstEventLimit = firstEventLimit;
        begunAt = guard.timers().nanoTime();
    }

    CompletionStage<Answer> opened() {
        return opened;
    }

    void begin() {
        call.cancellation().onCancel(this::cancel);
        attempt();
    }

    private void attempt() {
        synchronized (this) {
            if (ended) {
                return;
            }
        }
        attempts++;
        Optional<Breaker.Pass> pass = guard.breaker().tryPass();
        if (pass.isEmpty()) {
            fail(
                    ExpertException.of(
                            Kind.CIRCUIT_OPEN,
                            "Expert \"%s\" failed too often and is left alone for %s"
                                    .formatted(
                                            guard.expert().id(),
                                            guard.settings().breaker().delay())));
            return;
        }
        Race race = new Race(guard, pass.get(), call, firstEventLimit, this::opened, this::failed);
        if (onCancel(race::abandon)) {
            race.begin();
        }
    }

    private void opened(Attempt attempt, Answer answer) {
        switch (answer) {
            case Answer.Complete complete -> {
                attempt.reportSuccess();
                if (end()) {
                    opened.complete(complete);
                }
            }
            case Answer.Streaming streaming -> {
                WatchedStream watched =
                        new WatchedStream(
                                streaming.events(),
                                attempt,
                                guard.settings(),
                                guard.timers(),
                                begunAt,
                                this::end);
                if (onCancel(watched::callCancelled)) {
                    watched.watch();
                    opened.complete(new Answer.Streaming(watched));
                }
            }
        }
    }

    private void failed(Attempt attempt, ExpertException failure) {
        attempt.reportFailure(failure);
        Duration elapsed = Duration.ofNanos(guard.timers().nanoTime() - begunAt);
        Optional<Duration> wait =
                guard.retryRule()
                        .waitAfter(failure, attempts)
                        .filter(pause -> elapsed.plus(pause).compareTo(firstEventLimit) < 0);
        if (wait.isEmpty()) {
            fail(failure);
            return;
        }
        Timers.Timer timer = guard.timers().after(wait.get(), this::attempt);
        onCancel(timer::cancel);
    }

    private void fail(ExpertException failure) {
        if (end()) {
            opened.completeExceptionally(failure);
        }
    }

    /** Sets what a cancelled call must do; when it is cancelled already, does it and says false. */
    private boolean onCancel(Runnable action) {
        synchronized (this) {
            if (!ended) {
                abandon = action;
                return true;
            }
        }
        action.run();
        return false;
    }

    private void cancel() {
        Runnable action;
        synchronized (this) {
            action = abandon;
        }
        if (!end()) {
            return;
        }
        if (action != null) {
            action.run();
        }
        opened.completeExceptionally(
                ExpertException.of(Kind.CANCELLED, "Nobody waits for the answer any more"));
    }

    /** Ends the call; false when it had ended. */
    private boolean end() {
        synchronized (this) {
            if (ended) {
                return false;
            }
            ended = true;
        }
        guard.permits().release();
        return true;
    }
}
