package io.consort.service.cluster;

import io.consort.service.limit.Counter;
import io.consort.service.limit.Measure;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is known of one other node's life. What it had spent when it was first heard of is in the
 * database and known to everybody already; its money counts from there. Not thread-safe.
 */
final class Peer {

    /** Longer than what is per minute counts. */
    static final long MINUTE = 61_000;

    private final String node;
    private final Map<Counter, Long> told = new HashMap<>();
    private final Map<Counter, Long> spent = new HashMap<>();
    private boolean begun;
    private boolean gone;
    private long sequence;
    private long acknowledged;
    private long heardAt;
    private long day;
    private long month;

    Peer(String node, long now) {
        this.node = node;
        this.heardAt = now;
    }

    String node() {
        return node;
    }

    /** The latest report that was taken in; 0 before the first. */
    long sequence() {
        return sequence;
    }

    /** The latest of this node's reports that it has taken in. */
    long acknowledged() {
        return acknowledged;
    }

    /** Whether it takes no more than it said. */
    boolean isGone() {
        return gone;
    }

    void leave() {
        gone = true;
    }

    long silence(long now) {
        return now - heardAt;
    }

    /** Takes a report in, and says which counters it changes. One that makes no sense yet is left. */
    Set<Counter> hear(Report report, long acknowledges, long now) {
        if (report.sequence() <= sequence || (!begun && !report.whole())) {
            return Set.of();
        }
        heardAt = now;
        sequence = report.sequence();
        acknowledged = Math.max(acknowledged, acknowledges);
        gone = report.farewell();
        turn(report.day(), report.month());
        Set<Counter> changed =
                report.whole()
                        ? Stream.concat(told.keySet().stream(), report.taken().keySet().stream())
                                .collect(Collectors.toSet())
                        : report.taken().keySet();
        for (Counter counter : changed) {
            long next = report.taken().getOrDefault(counter, 0L);
            long before = told.getOrDefault(counter, 0L);
            if (begun && isMoney(counter)) {
                spent.merge(counter, next - before, Long::sum);
            }
            told.put(counter, next);
        }
        told.values().removeIf(taken -> taken == 0);
        begun = true;
        return changed;
    }

    /** What of a counter is taken there, as far as it counts here. */
    long taken(Counter counter, long now, long today, long thisMonth) {
        return switch (counter.measure()) {
            case REQUESTS, TOKENS -> silence(now) < MINUTE ? told.getOrDefault(counter, 0L) : 0;
            case CONCURRENT -> gone ? 0 : told.getOrDefault(counter, 0L);
            case DAY -> day == today ? spent.getOrDefault(counter, 0L) : 0;
            case MONTH -> month == thisMonth ? spent.getOrDefault(counter, 0L) : 0;
        };
    }

    private void turn(long toDay, long toMonth) {
        if (begun && toDay != day) {
            forget(Measure.DAY);
        }
        if (begun && toMonth != month) {
            forget(Measure.MONTH);
        }
        day = toDay;
        month = toMonth;
    }

    private void forget(Measure measure) {
        told.keySet().removeIf(counter -> counter.measure() == measure);
        spent.keySet().removeIf(counter -> counter.measure() == measure);
    }

    private static boolean isMoney(Counter counter) {
        return counter.measure() == Measure.DAY || counter.measure() == Measure.MONTH;
    }
}
