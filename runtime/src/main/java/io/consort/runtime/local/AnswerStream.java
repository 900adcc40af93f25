package io.consort.runtime.local;

import io.consort.experts.chat.AnswerEvent;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Events between one producer and one subscriber, handed over by whichever thread finds them
 * deliverable, one at a time. It takes every event, but says through {@link #hasRoom} when the
 * producer should pause.
 */
final class AnswerStream implements Flow.Publisher<AnswerEvent> {

    /** Follows what the subscriber does. */
    interface Listener {
        /** The subscriber has taken events, so that there may be room. */
        void drained();

        /** The subscriber wants nothing more. */
        void cancelled();
    }

    private final int capacity;
    private final Listener listener;
    private final Queue<AnswerEvent> events = new ConcurrentLinkedQueue<>();
    private final AtomicInteger buffered = new AtomicInteger();
    private final AtomicLong demand = new AtomicLong();
    private final AtomicInteger deliveries = new AtomicInteger();
    private final AtomicBoolean taken = new AtomicBoolean();
    private final AtomicReference<@Nullable End> end = new AtomicReference<>();
    private volatile Flow.@Nullable Subscriber<? super AnswerEvent> subscriber;
    private volatile boolean over;

    /**
     * How the stream ends.
     *
     * @param atOnce whether events that the subscriber has not taken are left out
     */
    private record End(@Nullable Throwable failure, boolean atOnce) {}

    /**
     * @param capacity events after which the producer should pause
     */
    AnswerStream(int capacity, Listener listener) {
        this.capacity = capacity;
        this.listener = listener;
    }

    /** Whether the producer may go on. */
    boolean hasRoom() {
        return buffered.get() < capacity;
    }

    /** Adds an event. Called by one thread at a time, and not after the end. */
    void offer(AnswerEvent event) {
        buffered.incrementAndGet();
        events.add(event);
        deliver();
    }

    /** Ends the stream after the events that are there; further ends change nothing. */
    void complete() {
        end(new End(null, false));
    }

    /** Ends the stream badly after the events that are there; further ends change nothing. */
    void fail(Throwable failure) {
        end(new End(failure, false));
    }

    /** Ends the stream badly at once; further ends change nothing. */
    void abort(Throwable failure) {
        end(new End(failure, true));
    }

    @Override
    public void subscribe(Flow.Subscriber<? super AnswerEvent> given) {
        if (!taken.compareAndSet(false, true)) {
            given.onSubscribe(new NoSubscription());
            given.onError(new IllegalStateException("an answer can be read only once"));
            return;
        }
        given.onSubscribe(new Demand());
        subscriber = given;
        deliver();
    }

    private void end(End how) {
        if (end.compareAndSet(null, how)) {
            deliver();
        }
    }

    private void deliver() {
        if (deliveries.getAndIncrement() == 0) {
            deliverOwed();
        }
    }

    /** Delivers as long as calls of {@link #deliver} come in; one thread at a time is here. */
    private void deliverOwed() {
        int owed = deliveries.get();
        do {
            Flow.Subscriber<? super AnswerEvent> reader = subscriber;
            if (reader != null && !over) {
                deliverSafely(reader);
            }
            if (over) {
                events.clear();
            }
            owed = deliveries.addAndGet(-owed);
        } while (owed != 0);
    }

    /** A subscriber that throws is one that wants nothing more. */
    private void deliverSafely(Flow.Subscriber<? super AnswerEvent> reader) {
        try {
            deliverTo(reader);
        } catch (RuntimeException e) {
            over = true;
            listener.cancelled();
        }
    }

    private void deliverTo(Flow.Subscriber<? super AnswerEvent> reader) {
        long asked = demand.get();
        long given = 0;
        while (!over) {
            End how = end.get();
            if (how != null && (how.atOnce() || events.isEmpty())) {
                finish(reader, how);
                return;
            }
            AnswerEvent event = given < asked ? events.poll() : null;
            if (event == null) {
                break;
            }
            buffered.decrementAndGet();
            given++;
            reader.onNext(event);
        }
        if (given > 0) {
            if (asked != Long.MAX_VALUE) {
                demand.addAndGet(-given);
            }
            listener.drained();
        }
    }

    private void finish(Flow.Subscriber<? super AnswerEvent> reader, End how) {
        over = true;
        if (how.failure() == null) {
            reader.onComplete();
        } else {
            reader.onError(how.failure());
        }
    }

    private final class Demand implements Flow.Subscription {

        @Override
        public void request(long count) {
            if (count <= 0) {
                listener.cancelled();
                abort(new IllegalArgumentException("ask for at least one event, not " + count));
                return;
            }
            demand.updateAndGet(old -> old + count < 0 ? Long.MAX_VALUE : old + count);
            deliver();
        }

        @Override
        public void cancel() {
            if (!over) {
                over = true;
                listener.cancelled();
                deliver();
            }
        }
    }

    private static final class NoSubscription implements Flow.Subscription {
        @Override
        public void request(long count) {}

        @Override
        public void cancel() {}
    }
}
