package io.consort.experts.guard;

import io.consort.experts.GuardSettings;
import io.consort.experts.chat.Answer;
import io.consort.experts.chat.ChatCall;
import io.consort.experts.chat.ChatExpert;
import io.consort.experts.chat.ExpertException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * An expert behind its guard:
 *
 * <ul>
 *   <li>at most so many answers at once; an answer counts until its stream has ended
 *   <li>no attempt while the circuit breaker is open
 *   <li>each attempt has a time limit for its first event (a request that does not stream: for the
 *       whole answer)
 *   <li>further attempts after connect errors, 429 and 5xx, with waits in between
 *   <li>a stream may not be silent for too long while its reader waits, nor last too long in all
 * </ul>
 *
 * Requests that the expert rejects, cannot honour, or that are cancelled are neither repeated nor
 * held against it.
 */
public final class GuardedExpert implements ChatExpert {

    private final ChatExpert expert;
    private final GuardSettings settings;
    private final Timers timers;
    private final boolean alwaysStreams;
    private final RetryRule retryRule;
    private final Breaker breaker;
    private final Permits permits;

    /**
     * @param expert closed with its guard
     * @param alwaysStreams whether its answers come in events even where the request does not
     *     stream, so that the first is due as soon
     */
    public GuardedExpert(
            ChatExpert expert, GuardSettings settings, Timers timers, boolean alwaysStreams) {
        this(
                expert,
                settings,
                timers,
                alwaysStreams,
                () -> ThreadLocalRandom.current().nextDouble());
    }

    GuardedExpert(
            ChatExpert expert,
            GuardSettings settings,
            Timers timers,
            boolean alwaysStreams,
            DoubleSupplier random) {
        this.expert = expert;
        this.settings = settings;
        this.timers = timers;
        this.alwaysStreams = alwaysStreams;
        retryRule = new RetryRule(settings.retries(), settings.firstToken(), random);
        breaker = new Breaker(settings.breaker());
        permits = new Permits(settings.concurrency());
    }

    @Override
    public String id() {
        return expert.id();
    }

    /** Answers that have begun, or are about to, and have not ended. */
    public int inFlight() {
        return permits.taken();
    }

    @Override
    public CompletionStage<Answer> open(ChatCall call) {
        if (!permits.tryTake()) {
            return CompletableFuture.failedFuture(
                    ExpertException.of(
                            ExpertException.Kind.OVERLOADED,
                            "Expert \"%s\" already gives %d answers, its `guard.concurrency`"
                                    .formatted(id(), settings.concurrency())));
        }
        GuardedCall guarded =
                new GuardedCall(
                        expert,
                        settings,
                        timers,
                        retryRule,
                        breaker,
                        permits,
                        call,
                        firstEventLimit(call));
        guarded.begin();
        return guarded.opened();
    }

    private Duration firstEventLimit(ChatCall call) {
        return alwaysStreams || call.request().stream()
                ? settings.firstToken()
                : settings.timeout();
    }

    @Override
    public void close() {
        expert.close();
    }
}
