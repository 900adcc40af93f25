package io.consort.experts.guard;

import io.consort.experts.chat.Answer;
import io.consort.experts.chat.ChatCall;
import io.consort.experts.chat.ExpertException;
import io.consort.experts.chat.ExpertException.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One attempt and, where the guard hedges and the attempt is slow, a second one beside it. The first
 * that opens an answer gives it, and the other is cancelled. The race fails when nobody runs any
 * more. Thread-safe.
 *
 * <p>Dean and Barroso, "The Tail at Scale", Communications of the ACM 56 (2013).
 */
final class Race {

    private final Guard guard;
    private final ChatCall call;
    private final Duration limit;
    private final BiConsumer<Attempt, Answer> onOpened;
    private final BiConsumer<Attempt, ExpertException> onFailed;
    private final Attempt first;

    // Guarded by this.
    private @Nullable Attempt second;
    private Timers.@Nullable Timer timer;
    private int running = 1;
    private boolean decided;

    /**
     * @param limit until an answer opens
     */
    Race(
            Guard guard,
            Breaker.Pass pass,
            ChatCall call,
            Duration limit,
            BiConsumer<Attempt, Answer> onOpened,
            BiConsumer<Attempt, ExpertException> onFailed) {
        this.guard = guard;
        this.call = call;
        this.limit = limit;
        this.onOpened = onOpened;
        this.onFailed = onFailed;
        first = new Attempt(guard, pass, this::opened, this::failed);
    }

    void begin() {
        guard.hedges().called();
        Optional<Duration> wait = guard.hedgeAfter(call.request().stream(), limit);
        if (wait.isPresent()) {
            Duration left = limit.minus(wait.get());
            Timers.Timer started = guard.timers().after(wait.get(), () -> hedge(left));
            synchronized (this) {
                timer = started;
            }
        }
        first.begin(call, limit);
    }

    /** Ends every attempt; what comes later is not heard. */
    void abandon() {
        Attempt other;
        synchronized (this) {
            if (decided) {
                return;
            }
            other = second;
            decide();
        }
        first.abandon();
        if (other != null) {
            other.abandon();
        }
    }

    private void hedge(Duration left) {
        if (!guard.hedges().tryTake() || !guard.permits().tryTake()) {
            return;
        }
        Optional<Breaker.Pass> pass = guard.breaker().tryPass();
        if (pass.isEmpty()) {
            guard.permits().release();
            return;
        }
        Attempt added = new Attempt(guard, pass.get(), this::opened, this::failed);
        boolean late;
        synchronized (this) {
            late = decided;
            if (!late) {
                second = added;
                running = 2;
            }
        }
        if (late) {
            guard.permits().release();
            added.abandon();
            return;
        }
        added.begin(call, left);
    }

    private void opened(Attempt attempt, Answer answer) {
        boolean hedged;
        Attempt loser;
        synchronized (this) {
            if (decided) {
                loser = attempt;
                hedged = false;
            } else {
                hedged = second != null;
                loser = attempt == first ? second : first;
                decide();
            }
        }
        if (loser == attempt) {
            attempt.abandon();
            return;
        }
        if (hedged) {
            call.witness().hedged(guard.expert().id(), attempt != first);
        }
        if (loser != null) {
            loser.outrun();
        }
        onOpened.accept(attempt, answer);
    }

    private void failed(Attempt attempt, ExpertException failure) {
        Attempt other;
        boolean goesOn;
        synchronized (this) {
            if (decided) {
                return;
            }
            goesOn = running == 2 && failure.kind().fallsBack();
            other = attempt == first ? second : first;
            if (goesOn) {
                running = 1;
                guard.permits().release();
            } else {
                decide();
            }
        }
        if (goesOn) {
            attempt.reportFailure(failure);
            return;
        }
        if (other != null) {
            other.abandon();
        }
        onFailed.accept(attempt, failure);
    }

    /** Called once, while holding the lock. */
    private void decide() {
        decided = true;
        if (running == 2) {
            guard.permits().release();
        }
        if (timer != null) {
            timer.cancel();
        }
    }

    /** Why an attempt that was outrun ended. */
    static ExpertException outran() {
        return ExpertException.of(Kind.CANCELLED, "the other of two calls answered first");
    }
}
