package io.consort.runtime.tiers;

import io.consort.runtime.tiers.Slot.Presence;
import io.consort.runtime.tiers.TierSettings.Order;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who is where, and how many bytes that takes. Guarded by the tiers' lock. */
final class Ledger {

    private final TierSettings settings;
    private final Prices prices;
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private long deviceUsed;
    private long pinnedUsed;

    Ledger(TierSettings settings, Prices prices) {
        this.settings = settings;
        this.prices = prices;
    }

    Collection<Slot> slots() {
        return slots.values();
    }

    Optional<Slot> find(String expert) {
        return Optional.ofNullable(slots.get(expert));
    }

    void add(Slot slot) {
        slots.put(slot.expert, slot);
    }

    void remove(Slot slot) {
        slots.remove(slot.expert);
    }

    /** What would have to leave the device for this expert; empty when leases are in the way. */
    Optional<List<Slot>> victims(Slot target, long now) {
        List<Slot> idle =
                slots.values().stream().filter(slot -> slot.isIdle() && !isNext(slot)).toList();
        return prices.cheapest(idle, missing(target), Tier.DEVICE, now);
    }

    /** Whether waiting requests are about to get leases; by arrival, those behind the first are not. */
    private boolean isNext(Slot slot) {
        return settings.order() == Order.GROUPED && !slot.waiters.isEmpty() && !slot.draining;
    }

    /** What has to fall idle and leave the device for this expert, leases or not. */
    List<Slot> drained(Slot target, long now) {
        List<Slot> present =
                slots.values().stream().filter(slot -> slot.device == Presence.PRESENT).toList();
        return prices.cheapest(present, missing(target), Tier.DEVICE, now).orElse(List.of());
    }

    /** Whose pinned copies would have to go for this expert's; empty when there is no room for it. */
    Optional<List<Slot>> pinnedVictims(Slot target, long now) {
        if (target.pinnedBytes > settings.pinnedBytes()) {
            return Optional.empty();
        }
        List<Slot> copies =
                slots.values().stream()
                        .filter(slot -> slot != target && !slot.isMoving())
                        .filter(slot -> slot.pinned == Presence.PRESENT)
                        .toList();
        return prices.cheapest(
                copies,
                target.pinnedBytes - (settings.pinnedBytes() - pinnedUsed),
                Tier.PINNED,
                now);
    }

    void toDevice(Slot slot, Presence presence) {
        deviceUsed += bytes(slot, Tier.DEVICE, presence) - bytes(slot, Tier.DEVICE, slot.device);
        slot.device = presence;
    }

    void toPinned(Slot slot, Presence presence) {
        pinnedUsed += bytes(slot, Tier.PINNED, presence) - bytes(slot, Tier.PINNED, slot.pinned);
        slot.pinned = presence;
    }

    private long missing(Slot target) {
        return target.bytes - (settings.deviceBytes() - deviceUsed);
    }

    private static long bytes(Slot slot, Tier tier, Presence presence) {
        return presence == Presence.ABSENT ? 0 : slot.bytes(tier);
    }

    Residency residency(long revision) {
        Map<String, Residency.Standing> standings = LinkedHashMap.newLinkedHashMap(slots.size());
        for (Slot slot : slots.values()) {
            Tier tier =
                    slot.device == Presence.PRESENT
                            ? Tier.DEVICE
                            : slot.pinned == Presence.PRESENT ? Tier.PINNED : Tier.FILE;
            double seconds = tier == Tier.DEVICE ? 0 : prices.reload(slot);
            standings.put(
                    slot.expert,
                    new Residency.Standing(
                            tier,
                            slot.pinned == Presence.PRESENT,
                            tier != Tier.DEVICE && slot.isMoving(),
                            seconds));
        }
        return new Residency(revision, standings);
    }
}
