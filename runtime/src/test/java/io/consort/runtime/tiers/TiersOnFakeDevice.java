package io.consort.runtime.tiers;

import io.consort.runtime.tiers.TierException.Reason;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;

/** Tiers over a fake device: 100 bytes of it, and 1,000 of pinned memory. */
abstract class TiersOnFakeDevice {

    static final long SECOND = 1_000_000_000;

    final FakeDevice device = new FakeDevice(100, 1000);
    final Tiers tiers =
            new Tiers(
                    TierSettings.of(100, 1000, new LinkSpeeds(100, 20)),
                    device,
                    device,
                    () -> device.now);

    @BeforeEach
    void pinAtOnce() {
        device.pinsAtOnce = true;
    }

    final void register(String expert, long bytes) {
        device.sizes.put(expert, bytes);
        tiers.register(expert, bytes);
    }

    final Lease resident(String expert) {
        CompletableFuture<Lease> future = tiers.acquire(expert);
        if (!future.isDone()) {
            device.advance(20 * SECOND);
            device.finish(device.pending.getFirst());
        }
        return future.join();
    }

    static Reason reason(CompletableFuture<Lease> future) {
        try {
            future.join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof TierException cause) {
                return cause.reason();
            }
        }
        throw new AssertionError("it did not fail");
    }
}
