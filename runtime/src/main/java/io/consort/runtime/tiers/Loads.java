package io.consort.runtime.tiers;

import io.consort.runtime.tiers.Mover.Load;
import io.consort.runtime.tiers.Slot.Presence;
import io.consort.runtime.tiers.Slot.Waiter;
import io.consort.runtime.tiers.TierException.Reason;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Grants leases, and decides which weights move next. Guarded by the tiers' lock. */
final class Loads {

    /** What a lost device means. */
    static final String LOST =
            "the device is lost; restart the process, and use other experts until then";

    private final Ledger ledger;
    private final Queue queue;
    private final Outside outside;
    private final Consumer<Runnable> locked;
    private final Consumer<Slot> release;
    private final Drain drain;
    private final Removals removals;
    private final Wakes wakes;
    private boolean deviceBusy;
    private boolean pinnedBusy;
    private @Nullable TierException ended;

    /** What acts without the lock. */
    record Outside(Mover mover, Alarm alarm, Outbox out) {}

    /**
     * @param locked runs a change under the lock, and then all that it makes possible
     * @param release ends a lease
     */
    Loads(
            Ledger ledger,
            Queue queue,
            Outside outside,
            Consumer<Runnable> locked,
            Consumer<Slot> release) {
        this.ledger = ledger;
        this.queue = queue;
        this.outside = outside;
        this.locked = locked;
        this.release = release;
        this.drain = new Drain(ledger);
        this.removals = new Removals(ledger, outside.out(), this::drop);
        this.wakes = new Wakes(outside.alarm(), outside.out(), locked);
    }

    /**
     * Does all that is possible now: loads that somebody waits for, then leases, which must not take
     * the room of an impatient expert again, then foreseen loads.
     */
    void proceed(long now) {
        TierException end = ended;
        if (end != null) {
            ledger.slots().forEach(slot -> refuse(slot, end));
            removals.end();
            return;
        }
        removals.proceed(this::leave);
        drain.follow(impatient(now), now);
        boolean waiting = startWanted(now);
        grant();
        if (!waiting) {
            startForeseen(now);
        }
        startCopies(now);
    }

    /** Serves nothing any more. */
    void end(Reason reason, String message, RuntimeException cause) {
        if (ended == null) {
            ended = new TierException(reason, message, cause);
        }
    }

    /** An expert goes from the device. */
    void leave(Slot slot) {
        ledger.toDevice(slot, Presence.ABSENT);
        drop(slot, Tier.DEVICE);
    }

    /** The expert that takes precedence over leases, if the device could take it now. */
    private Optional<Slot> impatient(long now) {
        return queue.wanted(ledger.slots(), now).stream()
                .limit(1)
                .filter(slot -> !deviceBusy && queue.isImpatient(slot, now))
                .findFirst();
    }

    private void grant() {
        List<Slot> next = queue.grantable(ledger.slots());
        while (!next.isEmpty()) {
            for (Slot slot : next) {
                for (int i = queue.grants(slot); i > 0; i--) {
                    grant(slot, slot.waiters.removeFirst());
                }
            }
            next = queue.grantable(ledger.slots());
        }
    }

    private void grant(Slot slot, Waiter waiter) {
        slot.leases++;
        slot.foreseen = 0;
        Lease lease = new Lease(slot.expert, slot.loads, () -> release.accept(slot));
        outside.out()
                .add(() -> {
                    if (!waiter.lease().complete(lease)) {
                        lease.close();
                    }
                });
    }

    /** @return whether somebody waits for an expert that is not there */
    private boolean startWanted(long now) {
        List<Slot> wanted = queue.wanted(ledger.slots(), now);
        for (Slot slot : wanted) {
            Optional<List<Slot>> victims = ledger.victims(slot, now);
            long wait =
                    victims.map(list -> queue.gatheringFor(slot, list, now))
                            .orElseGet(() -> queue.patienceLeft(slot, now));
            if (deviceBusy || (victims.isEmpty() && wait == 0)) {
                break;
            }
            if (wait > 0) {
                wakes.after(wait, now);
                continue;
            }
            victims.orElseThrow().forEach(this::leave);
            toDevice(slot);
        }
        return !wanted.isEmpty();
    }

    private void startForeseen(long now) {
        for (Slot slot : ledger.slots()) {
            if (!slot.isForeseen()) {
                continue;
            }
            boolean room = ledger.victims(slot, now).filter(List::isEmpty).isPresent();
            if (room && !deviceBusy) {
                toDevice(slot);
            } else if (slot.pinned == Presence.ABSENT && !pinnedBusy) {
                toPinned(slot, now);
            }
            slot.foreseen = 0;
        }
    }

    /** What came from its file gets a pinned copy beside it, so that it comes faster the next time. */
    private void startCopies(long now) {
        for (Slot slot : ledger.slots()) {
            if (slot.copyDue && !pinnedBusy) {
                slot.copyDue = false;
                if (slot.pinned == Presence.ABSENT && slot.removal == null) {
                    toPinned(slot, now);
                }
            }
        }
    }

    private void toDevice(Slot slot) {
        boolean pinned = slot.pinned == Presence.PRESENT;
        ledger.toDevice(slot, Presence.COMING);
        slot.loads++;
        deviceBusy = true;
        load(slot, new Load(slot.expert, Tier.DEVICE, pinned));
    }

    private void toPinned(Slot slot, long now) {
        if (makePinnedRoom(slot, now)) {
            ledger.toPinned(slot, Presence.COMING);
            pinnedBusy = true;
            load(slot, new Load(slot.expert, Tier.PINNED, false));
        }
    }

    /** Copies of experts that are asked for less make room for a more wanted one. */
    private boolean makePinnedRoom(Slot slot, long now) {
        Optional<List<Slot>> victims =
                ledger.pinnedVictims(slot, now)
                        .filter(list ->
                                list.stream()
                                        .allMatch(other -> queue.isWantedMore(slot, other, now)));
        for (Slot victim : victims.orElse(List.of())) {
            ledger.toPinned(victim, Presence.ABSENT);
            drop(victim, Tier.PINNED);
        }
        return victims.isPresent();
    }

    @SuppressWarnings("CatchingUnchecked") // Whatever a mover throws is a failed load.
    private void load(Slot slot, Load load) {
        Progress progress = new Progress(slot, load);
        outside.out()
                .add(() -> {
                    try {
                        outside.mover().load(load, progress);
                    } catch (RuntimeException failure) {
                        progress.failed(failure);
                    }
                });
    }

    @SuppressWarnings("CatchingUnchecked") // A device that cannot even forget is lost.
    private void drop(Slot slot, Tier tier) {
        outside.out()
                .add(() -> {
                    try {
                        outside.mover().drop(slot.expert, tier);
                    } catch (RuntimeException failure) {
                        locked.accept(() -> end(Reason.DEVICE_LOST, LOST, failure));
                    }
                });
    }

    /** Lets all requests for an expert fail. */
    void refuse(Slot slot, TierException failure) {
        List<Waiter> refused = List.copyOf(slot.waiters);
        slot.waiters.clear();
        refused.forEach(
                waiter -> outside.out().add(() -> waiter.lease().completeExceptionally(failure)));
    }

    /** Hears of one load. */
    private final class Progress implements Mover.Progress {

        private final Slot slot;
        private final Load load;

        Progress(Slot slot, Load load) {
            this.slot = slot;
            this.load = load;
        }

        @Override
        public void usable() {
            locked.accept(() -> {
                if (isToDevice() && slot.device == Presence.COMING) {
                    slot.device = Presence.USABLE;
                }
            });
        }

        @Override
        public void loaded() {
            locked.accept(() -> {
                if (isToDevice()) {
                    ledger.toDevice(slot, Presence.PRESENT);
                    slot.copyDue = !load.pinned();
                } else {
                    ledger.toPinned(slot, Presence.PRESENT);
                }
                free();
            });
        }

        @Override
        public void failed(RuntimeException cause) {
            locked.accept(() -> {
                free();
                if (!isToDevice()) {
                    ledger.toPinned(slot, Presence.ABSENT);
                    drop(slot, Tier.PINNED);
                    return;
                }
                if (slot.leases == 0) {
                    leave(slot);
                } else {
                    ledger.toDevice(slot, Presence.BROKEN);
                }
                refuse(slot, TierException.promotionFailed(slot.expert, cause));
            });
        }

        @Override
        public void lost(RuntimeException cause) {
            locked.accept(() -> end(Reason.DEVICE_LOST, LOST, cause));
        }

        private boolean isToDevice() {
            return load.to() == Tier.DEVICE;
        }

        private void free() {
            if (isToDevice()) {
                deviceBusy = false;
            } else {
                pinnedBusy = false;
            }
        }
    }
}
