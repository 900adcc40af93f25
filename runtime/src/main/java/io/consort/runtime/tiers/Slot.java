package io.consort.runtime.tiers;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What the tiers know of one expert. Guarded by the tiers' lock. */
final class Slot {

    private static final double MEMORY_SECONDS = 60;

    /** Where the expert is on a tier. */
    enum Presence {
        ABSENT,
        /** On its way; its bytes are taken. */
        COMING,
        /** On its way, and usable already. */
        USABLE,
        PRESENT,
        /** Did not arrive whole, and still leased; its bytes are taken. */
        BROKEN
    }

    /** A request that waits. */
    record Waiter(long number, long since, CompletableFuture<Lease> lease) {}

    final String expert;
    final long bytes;
    final long pinnedBytes;
    final ArrivalRate rate;
    final Deque<Waiter> waiters = new ArrayDeque<>();
    Presence device = Presence.ABSENT;
    Presence pinned = Presence.ABSENT;
    int leases;
    long lastUse;
    boolean draining;
    double foreseen;
    boolean copyDue;
    long loads;
    @Nullable CompletableFuture<Void> removal;

    /** @param pinnedBytes what is moved, and kept in pinned memory */
    Slot(String expert, long bytes, long pinnedBytes, long now) {
        this.expert = expert;
        this.bytes = bytes;
        this.pinnedBytes = pinnedBytes;
        this.rate = new ArrivalRate(MEMORY_SECONDS, now);
        this.lastUse = now;
    }

    /** What it takes on a tier. */
    long bytes(Tier tier) {
        return tier == Tier.DEVICE ? bytes : pinnedBytes;
    }

    /** Whether leases can be given out. */
    boolean isUsable() {
        return device == Presence.PRESENT || device == Presence.USABLE;
    }

    /** Whether it can leave the device at once. */
    boolean isIdle() {
        return device == Presence.PRESENT && leases == 0;
    }

    /** Whether it is on its way to any tier. */
    boolean isMoving() {
        return device == Presence.COMING || device == Presence.USABLE || pinned == Presence.COMING;
    }

    /** Whether it may be asked for, and is neither on the device nor on its way to any tier. */
    boolean isForeseen() {
        return foreseen > 0 && removal == null && device == Presence.ABSENT && !isMoving();
    }

    /** Whether somebody waits and it is not on its way; a pinned copy that is coming is not waited for. */
    boolean isWanted() {
        return !waiters.isEmpty() && device == Presence.ABSENT;
    }

    /** Seconds that all of its requests have waited together. */
    double waitedSeconds(long now) {
        double sum = 0;
        for (Waiter waiter : waiters) {
            sum += (now - waiter.since()) / 1e9;
        }
        return sum;
    }

    /** Nanoseconds that its oldest request has waited. */
    long longestWait(long now) {
        return waiters.isEmpty() ? 0 : now - waiters.getFirst().since();
    }
}
