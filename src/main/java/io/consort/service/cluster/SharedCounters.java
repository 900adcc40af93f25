package io.consort.service.cluster;

import io.consort.service.limit.Counter;
import io.consort.service.limit.LimitCounters;
import io.consort.service.limit.Measure;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Shares every limit out between the nodes of a cluster. What nobody has taken is divided by the number
 * of nodes, and divided anew when every other node is known to know what this one has taken: so the
 * nodes together never take more than the limit, but for a rounding up to one unit and one request that
 * is larger than its node's part, for each node but one.
 *
 * <p>When a node falls silent, the others go on with their parts. After {@link #GRACE} those that see
 * more than half of the nodes share anew without it; others keep to what is theirs of an equal
 * division. Thread-safe; asking takes no lock.
 */
public final class SharedCounters implements LimitCounters {

    /** Milliseconds after which a silent node is missing. */
    static final long GRACE = 10_000;

    /**
     * Milliseconds after which a node is no longer counted on to be seen. Nodes that lose each other all at
     * once miss each other at slightly different times: who is not heard now must not help to give up who
     * was not heard before.
     */
    static final long FRESH = 2_000;

    private static final long WHOLE_EVERY = 10_000;
    private static final long RECOUNT_EVERY = 500;
    private static final long DAY = 86_400_000;

    private final String node;
    private final long life;
    private final LongSupplier millis;
    private final Map<Counter, Share> shares = new ConcurrentHashMap<>();
    private volatile int nodes = 1;
    private volatile boolean cutOff;

    // Guarded by this.
    private final Map<Long, Peer> peers = new HashMap<>();
    private Map<Counter, Long> told = Map.of();
    private Map<Counter, Long> proposed = new HashMap<>();
    private long proposal;
    private long sequence;
    private long wholeAt = Long.MIN_VALUE;
    private long recountedAt;

    /** One counter: what every node knows that this one took, and what others took. */
    private static final class Share {
        private volatile long own;
        private volatile long elsewhere;
    }

    /**
     * Counters of a node that knows no other yet.
     *
     * @param node where it listens
     * @param life a random number of this process
     * @param millis since 1970
     */
    public SharedCounters(String node, long life, LongSupplier millis) {
        this.node = node;
        this.life = life;
        this.millis = millis;
    }

    @Override
    public long allowance(Counter counter, long limit, long taken, long needed) {
        int count = nodes;
        Share share = share(counter);
        long own = share.own;
        long most = limit - share.elsewhere;
        if (needed == 0 || count == 1) {
            return most;
        }
        long part = own + Math.ceilDiv(Math.max(0, most - own), (long) count);
        if (cutOff) {
            return counter.measure() == Measure.DAY || counter.measure() == Measure.MONTH
                    ? part
                    : Math.min(part, Math.ceilDiv(limit, (long) count));
        }
        boolean larger = taken <= own && needed > part - taken && taken + needed <= most;
        return larger ? taken + needed : part;
    }

    /** Nodes that limits are shared with, this one included. */
    public int nodes() {
        return nodes;
    }

    /** Whether this node sees too few others to know what they take. */
    public boolean isCutOff() {
        return cutOff;
    }

    /** Takes in what another node tells. */
    synchronized void receive(Report report) {
        if (report.life() == life) {
            return;
        }
        long now = millis.getAsLong();
        Peer peer = peers.get(report.life());
        if (peer == null) {
            peer = new Peer(report.node(), now);
            peers.values().stream()
                    .filter(old -> old.node().equals(report.node()))
                    .forEach(Peer::leave);
            peers.put(report.life(), peer);
            wholeAt = Long.MIN_VALUE;
        }
        recount(peer.hear(report, report.heard().getOrDefault(life, 0L), now), now);
        census(now);
    }

    /**
     * Moves on, and makes the next report.
     *
     * @param taken by this node now, of every counter that is not 0
     */
    synchronized Report tell(Map<Counter, Long> taken, boolean farewell) {
        long now = millis.getAsLong();
        sequence++;
        census(now);
        // Others may have heard a later and lower count than the one that was proposed.
        proposed.replaceAll((counter, known) -> least(known, counter, taken));
        if (isKnown(proposal)) {
            proposed.forEach((counter, known) -> share(counter).own = known);
            proposed = new HashMap<>(taken);
            proposal = sequence;
        }
        shares.forEach((counter, share) -> share.own = least(share.own, counter, taken));
        if (now - recountedAt >= RECOUNT_EVERY) {
            recountedAt = now;
            recount(shares.keySet(), now);
        }
        boolean whole = farewell || wholeAt == Long.MIN_VALUE || now - wholeAt >= WHOLE_EVERY;
        Map<Counter, Long> content = whole ? Map.copyOf(taken) : changed(taken);
        told = Map.copyOf(taken);
        if (whole) {
            wholeAt = now;
        }
        Map<Long, Long> heard = new HashMap<>();
        peers.forEach((other, peer) -> heard.put(other, peer.sequence()));
        return new Report(
                node, life, sequence, day(now), month(now), heard, whole, farewell, content);
    }

    private Map<Counter, Long> changed(Map<Counter, Long> taken) {
        Map<Counter, Long> changed = new HashMap<>();
        taken.forEach((counter, now) -> {
            if (!now.equals(told.get(counter))) {
                changed.put(counter, now);
            }
        });
        for (Counter counter : told.keySet()) {
            if (!taken.containsKey(counter)) {
                changed.put(counter, 0L);
            }
        }
        return changed;
    }

    private static long least(long known, Counter counter, Map<Counter, Long> taken) {
        return Math.min(known, taken.getOrDefault(counter, 0L));
    }

    private boolean isKnown(long report) {
        return peers.values().stream()
                .allMatch(peer -> peer.isGone() || peer.acknowledged() >= report);
    }

    /** Counts the nodes, and gives up those that most others miss too. */
    private void census(long now) {
        List<Peer> present = peers.values().stream().filter(peer -> !peer.isGone()).toList();
        long silent = present.stream().filter(peer -> peer.silence(now) > GRACE).count();
        long all = present.size() + 1L;
        long fresh = present.stream().filter(peer -> peer.silence(now) <= FRESH).count();
        boolean few = silent > 0 && (fresh + 1) * 2 <= all;
        if (silent > 0 && !few) {
            present.stream().filter(peer -> peer.silence(now) > GRACE).forEach(Peer::leave);
            all -= silent;
        }
        cutOff = few;
        nodes = (int) all;
    }

    private void recount(Collection<Counter> counters, long now) {
        long day = day(now);
        long month = month(now);
        for (Counter counter : counters) {
            long sum = 0;
            for (Peer peer : peers.values()) {
                sum += peer.taken(counter, now, day, month);
            }
            share(counter).elsewhere = sum;
        }
    }

    private Share share(Counter counter) {
        Share known = shares.get(counter);
        return known != null ? known : shares.computeIfAbsent(counter, _ -> new Share());
    }

    private static long day(long millis) {
        return Math.floorDiv(millis, DAY);
    }

    private static long month(long millis) {
        LocalDate date = LocalDate.ofEpochDay(day(millis));
        return date.getYear() * 12L + date.getMonthValue() - 1;
    }
}
