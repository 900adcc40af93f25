package io.consort.experts.guard;

import io.consort.experts.GuardSettings;
import io.consort.experts.chat.ChatExpert;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** What guards an expert at one time. A call keeps the one that it began under. */
record Guard(
        ChatExpert expert,
        GuardSettings settings,
        Timers timers,
        RetryRule retryRule,
        Breaker breaker,
        Permits permits,
        Observations observations,
        HedgeBudget hedges) {

    static Guard of(
            ChatExpert expert, GuardSettings settings, Timers timers, DoubleSupplier random) {
        return new Guard(
                expert,
                settings,
                timers,
                retryRule(settings, random),
                new Breaker(settings.breaker(), timers::nanoTime),
                new Permits(settings.concurrency()),
                new Observations(),
                new HedgeBudget());
    }

    /** The same expert with other settings; what was seen of it stays known. */
    Guard with(GuardSettings next, DoubleSupplier random) {
        permits.limit(next.concurrency());
        return new Guard(
                expert,
                next,
                timers,
                retryRule(next, random),
                next.breaker().equals(settings.breaker())
                        ? breaker
                        : new Breaker(next.breaker(), timers::nanoTime),
                permits,
                observations,
                hedges);
    }

    /** How long an attempt may take before a second one is made beside it, where that is wanted. */
    Optional<Duration> hedgeAfter(boolean stream, Duration limit) {
        return settings.hedge()
                ? observations.slow(stream).filter(slow -> slow.compareTo(limit) < 0)
                : Optional.empty();
    }

    private static RetryRule retryRule(GuardSettings settings, DoubleSupplier random) {
        return new RetryRule(settings.retries(), settings.firstToken(), random);
    }
}
