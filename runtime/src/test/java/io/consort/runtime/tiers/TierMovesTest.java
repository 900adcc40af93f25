package io.consort.runtime.tiers;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.runtime.tiers.FakeDevice.Pending;
import io.consort.runtime.tiers.TierException.Reason;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Weights that come nearer before somebody asks, get a copy, or go for good. */
class TierMovesTest extends TiersOnFakeDevice {

    @Test
    void whatIsForeseenComesNearerWithoutDrivingAnybodyAway() {
        register("a", 60);
        register("b", 60);
        resident("a").close();
        device.pinsAtOnce = false;
        tiers.foresee("b", 0.4);
        assertThat(device.pending.getFirst().load)
                .isEqualTo(new Mover.Load("b", Tier.PINNED, false));
        device.finish(device.pending.getFirst());
        assertThat(tiers.residency().of("b").orElseThrow().tier()).isEqualTo(Tier.PINNED);
        assertThat(device.holds("a", Tier.DEVICE)).isTrue();
    }

    @Test
    void whatCameFromItsFileGetsAPinnedCopyWhileItIsUsed() {
        device.pinsAtOnce = false;
        register("a", 60);
        CompletableFuture<Lease> lease = tiers.acquire("a");
        device.finish(device.pending.getFirst());
        assertThat(lease).isCompleted();
        Pending copy = device.pending.getFirst();
        assertThat(copy.load).isEqualTo(new Mover.Load("a", Tier.PINNED, false));
        assertThat(tiers.residency().of("a").orElseThrow().moving()).isFalse();
        device.finish(copy);
        lease.join().close();
        register("b", 60);
        resident("b").close();
        assertThat(tiers.residency().of("a").orElseThrow().tier()).isEqualTo(Tier.PINNED);
    }

    @Test
    void aPinnedCopyThatIsComingOrFailsKeepsNobodyWaiting() {
        device.pinsAtOnce = false;
        register("a", 60);
        register("b", 60);
        CompletableFuture<Lease> first = tiers.acquire("a");
        device.finish(device.pending.getFirst());
        first.join().close();
        Pending copy = device.pending.getFirst();
        CompletableFuture<Lease> other = tiers.acquire("b");
        device.advance(3 * SECOND);
        device.finish(device.pending.getLast());
        other.join().close();
        CompletableFuture<Lease> again = tiers.acquire("a");
        device.advance(3 * SECOND);
        assertThat(device.pending.getLast().load)
                .isEqualTo(new Mover.Load("a", Tier.DEVICE, false));
        device.fail(copy);
        assertThat(again).isNotDone();
        device.finish(device.pending.getFirst());
        again.join().close();
    }

    @Test
    void whatIsForeseenTakesFreeRoomOnTheDevice() {
        register("a", 60);
        tiers.foresee("a", 0.4);
        device.finish(device.pending.getFirst());
        assertThat(tiers.acquire("a")).isCompleted();
    }

    @Test
    void anExpertThatIsRemovedLeavesAllTiersOnceNobodyUsesIt() {
        register("a", 60);
        Lease lease = resident("a");
        CompletableFuture<Lease> waiting = tiers.acquire("b");
        assertThat(reason(waiting)).isEqualTo(Reason.UNKNOWN);
        CompletableFuture<Void> removed = tiers.remove("a");
        assertThat(removed).isNotDone();
        assertThat(reason(tiers.acquire("a"))).isEqualTo(Reason.UNKNOWN);
        lease.close();
        assertThat(removed).isCompleted();
        assertThat(device.holds("a", Tier.DEVICE)).isFalse();
        assertThat(device.holds("a", Tier.PINNED)).isFalse();
        register("a", 100);
        resident("a").close();
    }

    @Test
    void anExpertOnItsWayIsRemovedWhenItHasArrived() {
        register("a", 60);
        CompletableFuture<Lease> waiting = tiers.acquire("a");
        Pending load = device.pending.getFirst();
        CompletableFuture<Void> removed = tiers.remove("a");
        assertThat(reason(waiting)).isEqualTo(Reason.UNKNOWN);
        assertThat(removed).isNotDone();
        device.finish(load);
        assertThat(removed).isCompleted();
        assertThat(device.holds("a", Tier.DEVICE)).isFalse();
        assertThat(tiers.remove("nobody")).isCompleted();
    }
}
