package io.consort.service.limit;

import io.consort.experts.Limits;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What one holder has taken, and may take. Guarded by its ledger. Money is always counted, so that a
 * limit on it can come at any time; what is per minute is counted while there is a limit.
 */
final class Account {

    static final double NANO = 1e9;
    private static final long SOON = 1_000;

    private final Map<Measure, Counter> counters = new EnumMap<>(Measure.class);
    private final LimitCounters shares;
    private final Spending day = new Spending();
    private final Spending month = new Spending();
    private Limits limits = Limits.NONE;
    private @Nullable SlidingMinute requests;
    private @Nullable SlidingMinute tokens;
    private long running;

    Account(String tenant, Holder holder, String name, LimitCounters shares) {
        for (Measure measure : Measure.values()) {
            counters.put(measure, new Counter(tenant, holder, name, measure));
        }
        this.shares = shares;
    }

    void limit(Limits next) {
        limits = next;
        requests = minute(next.requestsPerMinute(), requests);
        tokens = minute(next.tokensPerMinute(), tokens);
    }

    private static @Nullable SlidingMinute minute(
            OptionalLong limit, @Nullable SlidingMinute counted) {
        if (limit.isEmpty()) {
            return null;
        }
        return counted == null ? new SlidingMinute() : counted;
    }

    /** The limit that one more request with so many tokens would break, if any. */
    @Nullable Exceeded enter(long estimate, Moment now) {
        if (requests != null) {
            long limit = limits.requestsPerMinute().orElseThrow();
            long room = room(Measure.REQUESTS, limit, requests.sum(now.millis()), 1);
            if (room < 1) {
                return exceeded(Measure.REQUESTS, limit, until(requests, limit - 1, now), now);
            }
        }
        if (tokens != null) {
            long limit = limits.tokensPerMinute().orElseThrow();
            // What is larger than the whole limit must have it all.
            long needed = Math.min(estimate, limit);
            long room = room(Measure.TOKENS, limit, tokens.sum(now.millis()), needed);
            if (room < needed) {
                return exceeded(Measure.TOKENS, limit, until(tokens, limit - needed, now), now);
            }
        }
        if (limits.concurrent().isPresent()) {
            long limit = limits.concurrent().getAsLong();
            if (room(Measure.CONCURRENT, limit, running, 1) < 1) {
                return exceeded(Measure.CONCURRENT, limit, SOON, now);
            }
        }
        return null;
    }

    /** The limit that so much more money would break, if any; what is free breaks none. */
    @Nullable Exceeded afford(long nanoUsd, Moment now) {
        if (nanoUsd <= 0) {
            return null;
        }
        long limit = nano(limits.usdPerDay());
        if (limit >= 0 && room(Measure.DAY, limit, day.spent(now.day()), nanoUsd) < nanoUsd) {
            return exceeded(Measure.DAY, limit, now.untilNextDay(), now);
        }
        limit = nano(limits.usdPerMonth());
        if (limit >= 0 && room(Measure.MONTH, limit, month.spent(now.month()), nanoUsd) < nanoUsd) {
            return exceeded(Measure.MONTH, limit, now.untilNextMonth(), now);
        }
        return null;
    }

    void take(long estimate, Moment now) {
        if (requests != null) {
            requests.take(now.millis(), 1);
        }
        if (tokens != null) {
            tokens.take(now.millis(), estimate);
        }
        running++;
    }

    /** An answer is no longer being given. */
    void leave() {
        running--;
    }

    /** Changes what was taken at a time. */
    void correct(Moment at, long requestCount, long tokenCount, Moment now) {
        if (requests != null && requestCount != 0) {
            requests.correct(at.millis(), requestCount, now.millis());
        }
        if (tokens != null && tokenCount != 0) {
            tokens.correct(at.millis(), tokenCount, now.millis());
        }
    }

    /** Adds to the money of the day and month of a time. */
    void spend(Moment at, long nanoUsd, Moment now) {
        day.add(at.day(), nanoUsd, now.day());
        month.add(at.month(), nanoUsd, now.month());
    }

    /** Sets what was spent before this process began. */
    void spentBefore(long onDay, long inMonth, Moment now) {
        day.add(now.day(), onDay, now.day());
        month.add(now.month(), inMonth, now.month());
    }

    Standing standing(Moment now) {
        if (requests == null && tokens == null) {
            return Standing.NONE;
        }
        return new Standing(
                rate(Measure.REQUESTS, limits.requestsPerMinute(), requests, now),
                rate(Measure.TOKENS, limits.tokensPerMinute(), tokens, now));
    }

    /** Tells what is taken under each limit, and what money is spent, limited or not. */
    void tell(ObjLongConsumer<Counter> told, Moment now) {
        if (requests != null) {
            told.accept(counter(Measure.REQUESTS), requests.sum(now.millis()));
        }
        if (tokens != null) {
            told.accept(counter(Measure.TOKENS), tokens.sum(now.millis()));
        }
        if (limits.concurrent().isPresent()) {
            told.accept(counter(Measure.CONCURRENT), running);
        }
        if (day.spent(now.day()) != 0) {
            told.accept(counter(Measure.DAY), day.spent(now.day()));
        }
        if (month.spent(now.month()) != 0) {
            told.accept(counter(Measure.MONTH), month.spent(now.month()));
        }
    }

    private Optional<Standing.Rate> rate(
            Measure measure, OptionalLong limit, @Nullable SlidingMinute counted, Moment now) {
        if (counted == null) {
            return Optional.empty();
        }
        long most = limit.orElseThrow();
        long left = room(measure, most, counted.sum(now.millis()), 0);
        return Optional.of(
                new Standing.Rate(most, Math.max(0, left), counted.until(0, now.millis())));
    }

    private long room(Measure measure, long limit, long taken, long needed) {
        return shares.allowance(counter(measure), limit, taken, needed) - taken;
    }

    private Counter counter(Measure measure) {
        return Objects.requireNonNull(counters.get(measure));
    }

    private Exceeded exceeded(Measure measure, long limit, long retryMillis, Moment now) {
        Counter counter = counter(measure);
        return new Exceeded(
                counter.holder(), counter.name(), measure, limit, retryMillis, standing(now));
    }

    /** At least a little: another node may be the reason. */
    private static long until(SlidingMinute counted, long most, Moment now) {
        return Math.max(SlidingMinute.SLOT, counted.until(most, now.millis()));
    }

    private static long nano(OptionalDouble usd) {
        return usd.isPresent() ? Math.round(usd.getAsDouble() * NANO) : -1;
    }
}
