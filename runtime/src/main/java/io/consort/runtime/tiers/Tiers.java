package io.consort.runtime.tiers;

import io.consort.runtime.tiers.Slot.Presence;
import io.consort.runtime.tiers.Slot.Waiter;
import io.consort.runtime.tiers.TierException.Reason;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Gives out leases of experts' weights on the device, and moves weights so that leases can be given.
 * Guarantees, as long as the mover answers and leases are closed:
 *
 * <ul>
 *   <li>Never more bytes on a tier than it has.
 *   <li>Leased weights stay.
 *   <li>Every request ends: with a lease, or with a {@link TierException}.
 *   <li>A request that has waited for the settings' patience is served before younger ones for experts
 *       that are resident.
 * </ul>
 *
 * Thread-safe. Futures are completed on the thread whose call made it possible.
 */
public final class Tiers implements AutoCloseable {

    private final ReentrantLock lock = new ReentrantLock();
    private final TierSettings settings;
    private final LongSupplier clock;
    private final Outbox out = new Outbox(lock);
    private final Ledger ledger;
    private final Loads loads;
    private volatile Residency residency = Residency.EMPTY;
    private long numbers;
    private long revision;

    /**
     * Nothing is registered yet.
     *
     * @param mover owned by the caller, and used until this is closed
     * @param alarm likewise
     * @param clock nanoseconds
     */
    public Tiers(TierSettings settings, Mover mover, Alarm alarm, LongSupplier clock) {
        this.settings = settings;
        this.clock = clock;
        Prices prices = new Prices(settings);
        this.ledger = new Ledger(settings, prices);
        this.loads =
                new Loads(
                        ledger,
                        new Queue(settings, prices),
                        new Loads.Outside(mover, alarm, out),
                        this::locked,
                        this::release);
    }

    /**
     * Admits an expert, whose weights are in a file.
     *
     * @param bytes of device memory that it takes, and of pinned memory likewise
     * @throws TierException when it is larger than the whole device's share
     */
    public void register(String expert, long bytes) {
        register(expert, bytes, bytes);
    }

    /**
     * Admits an expert that takes more on the device than its weights, which are in a file.
     *
     * @param bytes of device memory that it takes
     * @param pinnedBytes of pinned memory that its weights take
     * @throws TierException when it is larger than the whole device's share
     */
    public void register(String expert, long bytes, long pinnedBytes) {
        if (bytes <= 0 || bytes > settings.deviceBytes()) {
            throw new TierException(
                    Reason.TOO_LARGE,
                    "the expert \"%s\" takes %,d MiB of device memory, and there are %,d MiB for weights; use a smaller model or fewer bits"
                            .formatted(expert, bytes >> 20, settings.deviceBytes() >> 20));
        }
        locked(() -> {
            if (ledger.find(expert).isPresent()) {
                throw new IllegalArgumentException(
                        "the expert \"%s\" is registered".formatted(expert));
            }
            ledger.add(new Slot(expert, bytes, pinnedBytes, clock.getAsLong()));
        });
    }

    /**
     * Forgets an expert: requests for it fail, and its weights leave all tiers once no lease is out and
     * no load is under way. Then the future completes, and the expert may be admitted anew.
     */
    public CompletableFuture<Void> remove(String expert) {
        CompletableFuture<Void> removal = new CompletableFuture<>();
        locked(() ->
                ledger.find(expert)
                        .ifPresentOrElse(
                                slot -> {
                                    slot.removal = removal;
                                    loads.refuse(slot, unknown(expert));
                                },
                                () -> out.add(() -> removal.complete(null))));
        return removal;
    }

    /** Asks for a lease; it is given once the weights can be used. Cancelling the future withdraws the request. */
    public CompletableFuture<Lease> acquire(String expert) {
        Request future = new Request(expert);
        locked(() -> {
            Slot slot = ledger.find(expert).orElse(null);
            if (slot == null || slot.removal != null) {
                out.add(() -> future.completeExceptionally(unknown(expert)));
                return;
            }
            long now = clock.getAsLong();
            slot.rate.add(1, now);
            slot.lastUse = now;
            slot.waiters.addLast(new Waiter(numbers++, now, future));
        });
        return future;
    }

    /**
     * Says that a request for an expert may follow, for example because it is the router's second
     * choice: its weights come nearer where that hurts nobody.
     */
    public void foresee(String expert, double probability) {
        locked(() ->
                ledger.find(expert)
                        .ifPresent(slot -> {
                            slot.rate.add(probability, clock.getAsLong());
                            slot.foreseen = Math.max(slot.foreseen, probability);
                        }));
    }

    /** The device has stopped working: all requests, now and later, fail. */
    public void lose(RuntimeException cause) {
        locked(() -> loads.end(Reason.DEVICE_LOST, Loads.LOST, cause));
    }

    /** Where everything is. */
    public Residency residency() {
        return residency;
    }

    /** Fails all requests; leases that are out stay valid for as long as the mover's memory does. */
    @Override
    public void close() {
        locked(() ->
                loads.end(
                        Reason.CLOSED,
                        "the local experts are being closed",
                        new IllegalStateException("closed")));
    }

    private void release(Slot slot) {
        locked(() -> {
            slot.leases--;
            if (slot.leases == 0 && slot.device == Presence.BROKEN) {
                loads.leave(slot);
            }
        });
    }

    private void withdraw(String expert) {
        ledger.find(expert)
                .ifPresent(slot -> slot.waiters.removeIf(waiter -> waiter.lease().isCancelled()));
    }

    /** Changes something, then does all that has become possible. */
    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            loads.proceed(clock.getAsLong());
            residency = ledger.residency(++revision);
        } finally {
            lock.unlock();
        }
        out.empty();
    }

    /** A request, which is withdrawn when it is cancelled. */
    private final class Request extends CompletableFuture<Lease> {

        private final String expert;

        Request(String expert) {
            this.expert = expert;
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            boolean cancelled = super.cancel(mayInterrupt);
            if (cancelled) {
                locked(() -> withdraw(expert));
            }
            return cancelled;
        }
    }

    private static TierException unknown(String expert) {
        return new TierException(
                Reason.UNKNOWN, "no expert \"%s\" is registered".formatted(expert));
    }
}
