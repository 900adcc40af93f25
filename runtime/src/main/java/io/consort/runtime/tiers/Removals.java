package io.consort.runtime.tiers;

import io.consort.runtime.tiers.Slot.Presence;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Experts that go for good, once nothing of theirs is under way. Guarded by the tiers' lock. */
final class Removals {

    private final Ledger ledger;
    private final Outbox out;
    private final BiConsumer<Slot, Tier> drop;

    Removals(Ledger ledger, Outbox out, BiConsumer<Slot, Tier> drop) {
        this.ledger = ledger;
        this.out = out;
        this.drop = drop;
    }

    /**
     * Lets those go that can.
     *
     * @param leave takes an expert from the device
     */
    void proceed(Consumer<Slot> leave) {
        for (Slot slot : List.copyOf(ledger.slots())) {
            if (slot.removal != null && !slot.isMoving() && slot.leases == 0) {
                if (slot.device != Presence.ABSENT) {
                    leave.accept(slot);
                }
                if (slot.pinned != Presence.ABSENT) {
                    ledger.toPinned(slot, Presence.ABSENT);
                    drop.accept(slot, Tier.PINNED);
                }
                tell(slot);
            }
        }
    }

    /** Nothing moves any more, so nothing has to be waited for. */
    void end() {
        List.copyOf(ledger.slots()).forEach(this::tell);
    }

    private void tell(Slot slot) {
        var removal = slot.removal;
        if (removal != null) {
            ledger.remove(slot);
            out.add(() -> removal.complete(null));
        }
    }
}
