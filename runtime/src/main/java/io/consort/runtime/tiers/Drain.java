package io.consort.runtime.tiers;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds back new leases of experts that have to go for an impatient one. Which experts those are
 * does not change while their leases run out: otherwise requests that are held back would make them
 * dearer than others, and nobody would ever go. Guarded by the tiers' lock.
 */
final class Drain {

    private final Ledger ledger;
    private @Nullable Slot target;

    Drain(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Holds back whoever is in the way of this expert, and nobody else. */
    void follow(Optional<Slot> impatient, long now) {
        if (impatient.isPresent() && impatient.get().equals(target) && suffices(now)) {
            return;
        }
        ledger.slots().forEach(slot -> slot.draining = false);
        target = impatient.orElse(null);
        impatient
                .filter(slot -> ledger.victims(slot, now).isEmpty())
                .ifPresent(slot -> ledger.drained(slot, now).forEach(held -> held.draining = true));
    }

    /** Whether those who are held back make room, at once or when their leases have run out. */
    private boolean suffices(long now) {
        Slot slot = target;
        return slot != null
                && (ledger.victims(slot, now).isPresent()
                        || ledger.slots().stream()
                                .anyMatch(held -> held.draining && held.leases > 0));
    }
}
