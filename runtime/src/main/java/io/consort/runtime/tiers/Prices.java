package io.consort.runtime.tiers;

import io.consort.runtime.tiers.Slot.Presence;
import io.consort.runtime.tiers.TierSettings.Eviction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What it costs to let experts go, and which of them go. */
final class Prices {

    private final TierSettings settings;

    Prices(TierSettings settings) {
        this.settings = settings;
    }

    /** Seconds until an expert is on the device. */
    double reload(Slot slot) {
        return settings.speeds().secondsToDevice(slot.pinnedBytes, slot.pinned == Presence.PRESENT);
    }

    /**
     * Seconds of waiting to be expected, when these leave the device for the sake of an expert: each
     * one's reload, as far as a request for it is likely to arrive meanwhile.
     */
    double ofSwitch(List<Slot> victims, Slot target, long now) {
        double sum = 0;
        for (Slot victim : victims) {
            double meanwhile = reload(victim) + reload(target);
            sum += reload(victim) * Math.min(1, victim.rate.at(now) * meanwhile);
        }
        return sum;
    }

    /**
     * The cheapest of the candidates whose bytes make room.
     *
     * @param bytes that are missing; none go when there is nothing missing
     * @return empty when all of them together do not suffice
     */
    Optional<List<Slot>> cheapest(List<Slot> candidates, long bytes, Tier tier, long now) {
        List<Slot> sorted = new ArrayList<>(candidates);
        sorted.sort(order(tier, now));
        List<Slot> chosen = new ArrayList<>();
        long room = 0;
        for (Slot slot : sorted) {
            if (room >= bytes) {
                break;
            }
            chosen.add(slot);
            room += slot.bytes(tier);
        }
        if (room < bytes) {
            return Optional.empty();
        }
        for (int i = chosen.size() - 1; i >= 0; i--) {
            if (room - chosen.get(i).bytes(tier) >= bytes) {
                room -= chosen.remove(i).bytes(tier);
            }
        }
        return Optional.of(chosen);
    }

    private Comparator<Slot> order(Tier tier, long now) {
        return settings.eviction() == Eviction.PRICED
                ? Comparator.comparingDouble(slot -> perByte(slot, tier, now))
                : Comparator.comparingLong(slot -> slot.lastUse);
    }

    /** Seconds of waiting per second that its absence from a tier costs, for each byte that it takes there. */
    private double perByte(Slot slot, Tier tier, long now) {
        double seconds =
                tier == Tier.DEVICE
                        ? reload(slot)
                        : settings.speeds().secondsToPinned(slot.pinnedBytes);
        return slot.rate.at(now) * seconds / slot.bytes(tier);
    }
}
