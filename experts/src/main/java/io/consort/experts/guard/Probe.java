package io.consort.experts.guard;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.consort.experts.chat.Answer;
import io.consort.experts.chat.AnswerEvent;
import io.consort.experts.chat.Cancellation;
import io.consort.experts.chat.ChatCall;
import io.consort.experts.chat.ChatExpert;
import io.consort.experts.chat.ChatRequest;
import io.consort.experts.chat.Message;
import io.consort.experts.chat.Sampling;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Asks an expert that nobody asks for one token from time to time, through its guard, so that its
 * health is known before a client needs it. Thread-safe.
 */
final class Probe {

    private static final ChatRequest REQUEST =
            new ChatRequest(
                    List.of(new Message("user", "Hi")),
                    new Sampling(
                            Sampling.DEFAULT.temperature(),
                            Sampling.DEFAULT.topP(),
                            Sampling.DEFAULT.topK(),
                            Sampling.DEFAULT.seed(),
                            OptionalInt.of(1),
                            Sampling.DEFAULT.stop(),
                            Sampling.DEFAULT.topLogprobs()),
                    false,
                    false,
                    1,
                    Set.of(),
                    "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"max_tokens\":1}"
                            .getBytes(UTF_8));

    private final ChatExpert guarded;
    private final Observations observations;
    private final Timers timers;
    private final Duration every;
    private final Cancellation cancellation = new Cancellation();
    private Timers.@Nullable Timer timer;
    private long seen;
    private boolean probed;
    private boolean stopped;

    /**
     * @param guarded the expert behind its guard
     */
    Probe(ChatExpert guarded, Observations observations, Timers timers, Duration every) {
        this.guarded = guarded;
        this.observations = observations;
        this.timers = timers;
        this.every = every;
    }

    synchronized void begin() {
        if (!stopped) {
            seen = observations.attempts();
            timer = timers.after(every, this::ask);
        }
    }

    void stop() {
        synchronized (this) {
            stopped = true;
            if (timer != null) {
                timer.cancel();
            }
        }
        cancellation.cancel();
    }

    private void ask() {
        boolean idle;
        synchronized (this) {
            if (stopped) {
                return;
            }
            idle = observations.attempts() - seen <= (probed ? 1 : 0);
            probed = idle;
        }
        if (idle) {
            var _ =
                    guarded.open(new ChatCall("probe", REQUEST, cancellation))
                            .whenComplete((answer, _) ->
                                    Optional.ofNullable(answer).ifPresent(Probe::readOut));
        }
        begin();
    }

    private static void readOut(Answer answer) {
        if (answer instanceof Answer.Streaming(var events)) {
            events.subscribe(new Reader());
        }
    }

    /** Reads and forgets. */
    private static final class Reader implements Flow.Subscriber<AnswerEvent> {

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(AnswerEvent event) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onComplete() {}
    }
}
