package io.consort.experts.chat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A subscriber that a test leads by the hand. Thread-safe. */
public final class EventReader implements Flow.Subscriber<AnswerEvent> {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<AnswerEvent> events = new ArrayList<>();
    private final CountDownLatch subscribed = new CountDownLatch(1);
    private Flow.@Nullable Subscription subscription;
    private @Nullable Throwable failure;
    private boolean ended;
    private int signalsAfterEnd;

    /** Subscribes to a stream, asking for nothing yet. */
    public static EventReader of(Answer answer) {
        EventReader reader = new EventReader();
        ((Answer.Streaming) answer).events().subscribe(reader);
        return reader;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        synchronized (this) {
            subscription = given;
        }
        subscribed.countDown();
    }

    @Override
    public synchronized void onNext(AnswerEvent event) {
        count();
        events.add(event);
        notifyAll();
    }

    @Override
    public synchronized void onError(Throwable thrown) {
        count();
        failure = thrown;
        ended = true;
        notifyAll();
    }

    @Override
    public synchronized void onComplete() {
        count();
        ended = true;
        notifyAll();
    }

    private void count() {
        if (ended) {
            signalsAfterEnd++;
        }
    }

    /** Asks for more events. */
    public EventReader request(long n) {
        subscription().request(n);
        return this;
    }

    /** Cancels the subscription. */
    public void cancel() {
        subscription().cancel();
    }

    private Flow.Subscription subscription() {
        try {
            if (!subscribed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("never subscribed");
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
        synchronized (this) {
            return Optional.ofNullable(subscription).orElseThrow();
        }
    }

    /** The events so far, once there are so many. */
    public synchronized List<AnswerEvent> await(int count) {
        awaitUntil(() -> events.size() >= count || ended);
        if (events.size() < count) {
            throw new AssertionError(
                    "%d events came instead of %d: %s".formatted(events.size(), count, failure));
        }
        return List.copyOf(events);
    }

    /** All events of a stream that ends well. */
    public synchronized List<AnswerEvent> awaitCompletion() {
        awaitUntil(() -> ended);
        if (failure != null) {
            throw new AssertionError("the stream failed after " + events.size(), failure);
        }
        return List.copyOf(events);
    }

    /** The failure of a stream that ends badly. */
    public synchronized Throwable awaitFailure() {
        awaitUntil(() -> ended);
        if (failure == null) {
            throw new AssertionError("the stream ended well after " + events.size());
        }
        return failure;
    }

    /** The events so far. */
    public synchronized List<AnswerEvent> events() {
        return List.copyOf(events);
    }

    /** Whether the stream has ended, well or badly. */
    public synchronized boolean ended() {
        return ended;
    }

    /** Signals that came after the end, which the contract forbids. */
    public synchronized int signalsAfterEnd() {
        return signalsAfterEnd;
    }

    private synchronized void awaitUntil(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("nothing more came after " + events);
            }
            try {
                wait(left);
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }
    }
}
