package io.consort.runtime.tiers;

import io.consort.runtime.tiers.TierSettings.Eviction;
import io.consort.runtime.tiers.TierSettings.Order;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which waiting requests are next. Has no state of its own. */
final class Queue {

    private final TierSettings settings;
    private final Prices prices;

    Queue(TierSettings settings, Prices prices) {
        this.settings = settings;
        this.prices = prices;
    }

    /** Experts whose waiting requests get leases now. */
    List<Slot> grantable(Collection<Slot> slots) {
        if (settings.order() == Order.GROUPED) {
            return slots.stream()
                    .filter(slot -> !slot.waiters.isEmpty() && slot.isUsable() && !slot.draining)
                    .toList();
        }
        return first(slots)
                .filter(slot -> slot.isUsable() && !slot.draining)
                .map(List::of)
                .orElse(List.of());
    }

    /** How many requests of such an expert get leases before others are looked at again. */
    int grants(Slot slot) {
        return settings.order() == Order.GROUPED ? slot.waiters.size() : 1;
    }

    /** Experts that are to be loaded, the next one first. */
    List<Slot> wanted(Collection<Slot> slots, long now) {
        if (settings.order() == Order.ARRIVAL) {
            return first(slots).filter(Slot::isWanted).map(List::of).orElse(List.of());
        }
        return slots.stream().filter(Slot::isWanted).sorted(bestFirst(now)).toList();
    }

    /** Impatient experts by age, then those that serve the most requests per second of loading. */
    private Comparator<Slot> bestFirst(long now) {
        return Comparator.<Slot>comparingLong(
                        slot -> isImpatient(slot, now) ? -slot.longestWait(now) : 0)
                .thenComparingDouble(slot -> -slot.waiters.size() / prices.reload(slot));
    }

    /** Whether the expert's oldest request takes precedence over requests for resident experts. */
    boolean isImpatient(Slot slot, long now) {
        return settings.order() == Order.ARRIVAL
                || slot.longestWait(now) >= settings.patience().toNanos();
    }

    /** Nanoseconds until the expert's oldest request takes precedence. */
    long patienceLeft(Slot slot, long now) {
        return Math.max(0, settings.patience().toNanos() - slot.longestWait(now));
    }

    /**
     * Nanoseconds for which it is still better to gather requests for an expert than to let the
     * victims go: until its requests have waited, together, as long as the switch is expected to
     * cost others.
     */
    long gatheringFor(Slot slot, List<Slot> victims, long now) {
        if (victims.isEmpty() || isImpatient(slot, now)) {
            return 0;
        }
        double missing = prices.ofSwitch(victims, slot, now) - slot.waitedSeconds(now);
        long ripe = (long) Math.ceil(Math.max(0, missing) / slot.waiters.size() * 1e9);
        return Math.min(ripe, patienceLeft(slot, now));
    }

    /** Whether an expert may take the place of another one's pinned copy. */
    boolean isWantedMore(Slot slot, Slot other, long now) {
        return settings.eviction() == Eviction.LEAST_RECENTLY_USED
                || slot.rate.at(now) > other.rate.at(now);
    }

    private static Optional<Slot> first(Collection<Slot> slots) {
        return slots.stream()
                .filter(slot -> !slot.waiters.isEmpty())
                .min(Comparator.comparingLong(slot -> slot.waiters.getFirst().number()));
    }
}
