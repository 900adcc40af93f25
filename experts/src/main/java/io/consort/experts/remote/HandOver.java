package io.consort.experts.remote;

import io.consort.experts.chat.Answer;
import io.consort.experts.chat.AnswerEvent;
import io.consort.experts.chat.ExpertException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes events from a producer that may block, and gives them to a subscriber that may not. A
 * producer that is so many events ahead waits. Thread-safe; one producer at a time.
 */
final class HandOver implements Flow.Publisher<AnswerEvent>, Flow.Subscription {

    private static final int MOST_AHEAD = 32;

    private final CompletableFuture<Answer> opened = new CompletableFuture<>();
    private final AtomicBoolean subscribed = new AtomicBoolean();
    // INVARIANT: only the thread that raises this from 0 signals the subscriber.
    private final AtomicInteger signals = new AtomicInteger();

    // Guarded by this.
    private final ArrayDeque<AnswerEvent> waiting = new ArrayDeque<>();
    private Flow.@Nullable Subscriber<? super AnswerEvent> subscriber;
    private long demand;
    private boolean complete;
    private @Nullable ExpertException failure;
    private boolean closed;
    private Runnable stopProducer = () -> {};

    /** Completes when the first event is there, or fails before. */
    CompletionStage<Answer> opened() {
        return opened;
    }

    /** Sets what stops the producer when its work is no longer wanted; done at once if it is not. */
    void onClose(Runnable stop) {
        synchronized (this) {
            if (!closed) {
                stopProducer = stop;
                return;
            }
        }
        stop.run();
    }

    /** Whether the producer's work is no longer wanted, or has ended. */
    synchronized boolean isOver() {
        return closed || complete;
    }

    /** Hands an event over, waiting for room. What comes after the end is dropped. */
    void put(AnswerEvent event) {
        synchronized (this) {
            try {
                while (waiting.size() >= MOST_AHEAD && !closed) {
                    wait();
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
            if (closed || complete) {
                return;
            }
            waiting.add(event);
        }
        opened.complete(new Answer.Streaming(this));
        drain();
    }

    /** The producer is done. */
    void end() {
        synchronized (this) {
            if (closed || complete) {
                return;
            }
            complete = true;
        }
        drain();
    }

    /** Nothing more comes: what waits is dropped, the producer is stopped, and the subscriber told. */
    void fail(ExpertException reason) {
        synchronized (this) {
            if (closed || complete) {
                return;
            }
            failure = reason;
        }
        close();
        if (!opened.completeExceptionally(reason)) {
            drain();
        }
    }

    @Override
    public void subscribe(Flow.Subscriber<? super AnswerEvent> reader) {
        if (!subscribed.compareAndSet(false, true)) {
            reader.onSubscribe(new SpentSubscription());
            reader.onError(new IllegalStateException("An answer has exactly one subscriber"));
            return;
        }
        reader.onSubscribe(this);
        synchronized (this) {
            subscriber = reader;
        }
        drain();
    }

    @Override
    public void request(long n) {
        synchronized (this) {
            demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
        }
        drain();
    }

    @Override
    public void cancel() {
        close();
        synchronized (this) {
            failure = null;
        }
    }

    private void close() {
        Runnable stop;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            waiting.clear();
            notifyAll();
            stop = stopProducer;
        }
        stop.run();
    }

    private void drain() {
        if (signals.getAndIncrement() == 0) {
            drainOn();
        }
    }

    private void drainOn() {
        int missed = 1;
        do {
            while (signalOne()) {
                // one signal after the other
            }
            missed = signals.addAndGet(-missed);
        } while (missed != 0);
    }

    /** Gives the subscriber the next signal that is due; false when none is. */
    private boolean signalOne() {
        Optional<Consumer<Flow.Subscriber<? super AnswerEvent>>> due;
        Flow.Subscriber<? super AnswerEvent> reader;
        synchronized (this) {
            reader = subscriber;
            due = nextSignal();
        }
        if (reader == null || due.isEmpty()) {
            return false;
        }
        due.get().accept(reader);
        return true;
    }

    private synchronized Optional<Consumer<Flow.Subscriber<? super AnswerEvent>>> nextSignal() {
        ExpertException reason = failure;
        if (subscriber == null) {
            return Optional.empty();
        }
        if (reason != null) {
            failure = null;
            return Optional.of(reader -> reader.onError(reason));
        }
        if (closed) {
            return Optional.empty();
        }
        if (waiting.isEmpty()) {
            closed = complete;
            return complete ? Optional.of(Flow.Subscriber::onComplete) : Optional.empty();
        }
        if (demand == 0) {
            return Optional.empty();
        }
        demand--;
        notifyAll();
        AnswerEvent event = waiting.remove();
        return Optional.of(reader -> reader.onNext(event));
    }
}
