package io.consort.experts.remote;

import io.consort.experts.chat.Answer;
import io.consort.experts.chat.AnswerEvent;
import io.consort.experts.chat.ExpertException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.impl.ContextInternal;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A response that streams, as the events of an answer. The network is read only as the subscriber
 * asks: at most one buffer of it waits here. All state belongs to one Vert.x context; calls from
 * elsewhere are brought there.
 */
final class SseAnswer implements Flow.Publisher<AnswerEvent>, Flow.Subscription {

    private static final int LONGEST_EVENT = 16 << 20;
    private static final byte[] DONE = {'[', 'D', 'O', 'N', 'E', ']'};
    private static final long MILLIS_TO_END_AFTER_DONE = 1000;

    private final ContextInternal context;
    private final HttpFailures failures;
    private final HttpClientResponse response;
    private final Runnable reset;
    private final CompletableFuture<Answer> opened;
    private final SseFrames frames = new SseFrames(LONGEST_EVENT);
    private final AtomicBoolean subscribed = new AtomicBoolean();

    private volatile Flow.@Nullable Subscriber<? super AnswerEvent> subscriber;
    private @Nullable AnswerEvent first;
    private @Nullable ExpertException failure;
    private long demand;
    private boolean pumping;
    private boolean fetching;
    private boolean finishSeen;
    private boolean responseEnded;
    private @Nullable ExpertException broken;
    private boolean completed;
    private boolean closed;

    /**
     * @param reset tears the exchange down
     * @param opened completed with this answer when its first event is there
     */
    SseAnswer(
            ContextInternal context,
            HttpFailures failures,
            HttpClientResponse response,
            Runnable reset,
            CompletableFuture<Answer> opened) {
        this.context = context;
        this.failures = failures;
        this.response = response;
        this.reset = reset;
        this.opened = opened;
    }

    /** Begins to read, up to the first event. */
    void begin() {
        response.pause();
        response.handler(this::received);
        response.exceptionHandler(cause -> {
            broken = failures.broken(cause);
            ended();
        });
        response.endHandler(_ -> ended());
        pump();
    }

    private void ended() {
        responseEnded = true;
        fetching = false;
        pump();
    }

    private void received(Buffer bytes) {
        fetching = false;
        if (closed) {
            return;
        }
        frames.feed(bytes.getBytes());
        pump();
    }

    /** Goes on as far as demand and what has arrived allow. */
    private void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        try {
            while (!closed && wantsMore() && step()) {
                // each step hands over one event or ends the answer
            }
        } catch (MalformedStreamException malformed) {
            fail(failures.garbled("a stream where " + malformed.getMessage()));
            reset.run();
        } finally {
            pumping = false;
        }
    }

    private boolean wantsMore() {
        return demand > 0 || (first == null && !opened.isDone());
    }

    private boolean step() {
        AnswerEvent waiting = first;
        if (waiting != null) {
            first = null;
            deliver(waiting);
            return true;
        }
        SseFrames.Frame frame = frames.next();
        if (frame == null && responseEnded) {
            frame = broken == null ? frames.last() : null;
            if (frame == null) {
                endOfResponse();
                return false;
            }
        }
        if (frame == null) {
            if (!fetching) {
                fetching = true;
                response.fetch(1);
            }
            // A fetch may have been answered at once.
            return !fetching;
        }
        handle(frame);
        return true;
    }

    private void handle(SseFrames.Frame frame) {
        byte[] data = frame.data();
        if (frame.error()) {
            fail(failures.reported(ChunkFacts.errorText(data)));
            reset.run();
            return;
        }
        if (Arrays.equals(data, DONE)) {
            complete();
            return;
        }
        ChunkFacts facts;
        try {
            facts = ChunkFacts.of(data);
        } catch (MalformedJsonException malformed) {
            fail(failures.garbled("a stream with what is no JSON: " + malformed.getMessage()));
            reset.run();
            return;
        }
        if (facts.error().isPresent()) {
            fail(failures.reported(facts.error().get()));
            reset.run();
            return;
        }
        finishSeen |= facts.finished();
        deliver(new AnswerEvent.Verbatim(data, facts.usage(), facts.usageOnly()));
    }

    private void deliver(AnswerEvent event) {
        Flow.Subscriber<? super AnswerEvent> reader = subscriber;
        if (reader != null && demand > 0) {
            demand--;
            reader.onNext(event);
            return;
        }
        first = event;
        opened.complete(new Answer.Streaming(this));
    }

    private void endOfResponse() {
        ExpertException cause = broken;
        if (cause != null) {
            fail(cause);
        } else if (finishSeen) {
            complete();
        } else {
            fail(failures.garbled("a stream that ended before its answer did"));
        }
    }

    private void complete() {
        if (!opened.isDone()) {
            fail(failures.garbled("a stream without an answer"));
            reset.run();
            return;
        }
        closed = true;
        completed = true;
        letResponseEnd();
        Flow.Subscriber<? super AnswerEvent> reader = subscriber;
        if (reader != null) {
            reader.onComplete();
        }
    }

    /** The connection serves again when the response has ended; a server that lets it hang loses it. */
    private void letResponseEnd() {
        if (responseEnded) {
            return;
        }
        long timer = context.setTimer(MILLIS_TO_END_AFTER_DONE, _ -> reset.run());
        response.endHandler(_ -> context.owner().cancelTimer(timer));
        response.resume();
    }

    private void fail(ExpertException reason) {
        if (closed) {
            return;
        }
        closed = true;
        failure = reason;
        Flow.Subscriber<? super AnswerEvent> reader = subscriber;
        if (!opened.completeExceptionally(reason) && reader != null) {
            reader.onError(reason);
        }
    }

    /** The call was cancelled: reading stops, and the subscriber learns it. */
    void callCancelled() {
        if (!closed) {
            fail(failures.cancelled());
            reset.run();
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
        context.execute(() -> {
            subscriber = reader;
            ExpertException missed = failure;
            if (missed != null) {
                reader.onError(missed);
            } else if (completed) {
                reader.onComplete();
            } else {
                pump();
            }
        });
    }

    @Override
    public void request(long n) {
        context.execute(() -> {
            if (n <= 0) {
                fail(failures.garbled("to a subscriber that asked for no event"));
                reset.run();
                return;
            }
            demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
            if (subscriber != null) {
                pump();
            }
        });
    }

    @Override
    public void cancel() {
        context.execute(() -> {
            if (!closed) {
                closed = true;
                reset.run();
            }
        });
    }
}
