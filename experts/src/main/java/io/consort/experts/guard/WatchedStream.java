package io.consort.experts.guard;

import io.consort.experts.GuardSettings;
import io.consort.experts.chat.AnswerEvent;
import io.consort.experts.chat.ExpertException;
import io.consort.experts.chat.ExpertException.Kind;
import java.time.Duration;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The events of an answer under the eyes of its guard. Silence counts only while the reader waits
 * for an event. One timer per stream looks after both limits, and is set again when it fires too
 * early, so that an event costs no timer.
 */
final class WatchedStream
        implements Flow.Publisher<AnswerEvent>, Flow.Subscriber<AnswerEvent>, Flow.Subscription {

    private final Flow.Publisher<AnswerEvent> source;
    private final Attempt attempt;
    private final GuardSettings settings;
    private final Timers timers;
    private final long deadline;
    private final Runnable end;

    private final AtomicBoolean subscribed = new AtomicBoolean();
    private final AtomicLong outstanding = new AtomicLong();
    private final AtomicReference<@Nullable ExpertException> failure = new AtomicReference<>();
    // INVARIANT: only the thread that raises this from 0 signals the reader.
    private final AtomicInteger signals = new AtomicInteger();
    private volatile long waitingSince;
    private volatile boolean ended;
    private volatile Timers.@Nullable Timer timer;
    private volatile Flow.@Nullable Subscriber<? super AnswerEvent> reader;
    private volatile Flow.@Nullable Subscription subscription;

    /**
     * @param begunAt when the call began, from which the whole answer's limit counts
     * @param end ends the guarded call
     */
    WatchedStream(
            Flow.Publisher<AnswerEvent> source,
            Attempt attempt,
            GuardSettings settings,
            Timers timers,
            long begunAt,
            Runnable end) {
        this.source = source;
        this.attempt = attempt;
        this.settings = settings;
        this.timers = timers;
        this.end = end;
        deadline = begunAt + settings.timeout().toNanos();
    }

    /** Begins to look at the clock. */
    void watch() {
        long now = timers.nanoTime();
        long untilDeadline = deadline - now;
        long wait = untilDeadline;
        if (outstanding.get() > 0) {
            long untilSilence = waitingSince + settings.betweenTokens().toNanos() - now;
            if (untilSilence <= 0) {
                expire("fell silent for " + settings.betweenTokens());
                return;
            }
            wait = Math.min(wait, untilSilence);
        } else {
            wait = Math.min(wait, settings.betweenTokens().toNanos());
        }
        if (untilDeadline <= 0) {
            expire("did not finish in " + settings.timeout());
            return;
        }
        timer = timers.after(Duration.ofNanos(wait), this::watchOn);
        if (ended) {
            stopTimer();
        }
    }

    private void watchOn() {
        if (!ended) {
            watch();
        }
    }

    private void expire(String what) {
        ExpertException timeout =
                ExpertException.of(
                        Kind.TIMEOUT, "Expert \"%s\" %s".formatted(attempt.expertId(), what));
        attempt.reportFailure(timeout);
        breakOff(timeout);
    }

    /** The call was cancelled: the work stops, and a reader learns it. */
    void callCancelled() {
        attempt.abandon();
        breakOff(ExpertException.of(Kind.CANCELLED, "Nobody waits for the answer any more"));
    }

    private void breakOff(ExpertException reason) {
        finish();
        attempt.stop();
        Flow.Subscription upstream = subscription;
        if (upstream != null) {
            upstream.cancel();
        }
        signalFailure(reason);
    }

    private void finish() {
        ended = true;
        stopTimer();
        end.run();
    }

    private void stopTimer() {
        Timers.Timer running = timer;
        if (running != null) {
            running.cancel();
        }
    }

    @Override
    public void subscribe(Flow.Subscriber<? super AnswerEvent> subscriber) {
        if (!subscribed.compareAndSet(false, true)) {
            Refusal.of(subscriber);
            return;
        }
        reader = subscriber;
        source.subscribe(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription upstream) {
        subscription = upstream;
        Flow.Subscriber<? super AnswerEvent> subscriber = reader;
        if (subscriber != null) {
            subscriber.onSubscribe(this);
        }
        if (ended) {
            upstream.cancel();
            deliverFailure();
        }
    }

    @Override
    public void request(long n) {
        Flow.Subscription upstream = subscription;
        if (upstream == null) {
            return;
        }
        if (n > 0 && outstanding.getAndAccumulate(n, WatchedStream::add) == 0) {
            waitingSince = timers.nanoTime();
        }
        upstream.request(n);
    }

    private static long add(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    @Override
    public void cancel() {
        if (ended) {
            return;
        }
        Flow.Subscription upstream = subscription;
        if (upstream != null) {
            upstream.cancel();
        }
        attempt.abandon();
        finish();
    }

    @Override
    public void onNext(AnswerEvent event) {
        Flow.Subscriber<? super AnswerEvent> subscriber = reader;
        if (ended || subscriber == null || !signals.compareAndSet(0, 1)) {
            return;
        }
        outstanding.decrementAndGet();
        waitingSince = timers.nanoTime();
        subscriber.onNext(event);
        if (signals.decrementAndGet() != 0) {
            deliverFailure();
        }
    }

    @Override
    public void onError(Throwable thrown) {
        if (ended) {
            return;
        }
        ExpertException known = Failures.expertException(thrown);
        attempt.reportFailure(known);
        finish();
        signalFailure(known);
    }

    @Override
    public void onComplete() {
        Flow.Subscriber<? super AnswerEvent> subscriber = reader;
        if (ended || subscriber == null) {
            return;
        }
        attempt.reportSuccess();
        finish();
        if (signals.getAndIncrement() == 0) {
            subscriber.onComplete();
        }
    }

    private void signalFailure(ExpertException reason) {
        failure.compareAndSet(null, reason);
        if (reader != null && subscription != null && signals.getAndIncrement() == 0) {
            deliverFailure();
        }
    }

    private void deliverFailure() {
        Flow.Subscriber<? super AnswerEvent> subscriber = reader;
        ExpertException reason = failure.getAndSet(null);
        if (subscriber != null && reason != null) {
            subscriber.onError(reason);
        }
    }
}
