package io.consort.runtime.tiers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consort.runtime.tiers.FakeDevice.Pending;
import io.consort.runtime.tiers.TierException.Reason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TiersTest extends TiersOnFakeDevice {

    @Test
    void anExpertThatIsLargerThanTheDeviceIsNotAdmitted() {
        assertThatThrownBy(() -> tiers.register("huge", 101))
                .isInstanceOfSatisfying(
                        TierException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.TOO_LARGE))
                .hasMessageContaining("\"huge\"")
                .hasMessageContaining("use a smaller model");
    }

    @Test
    void anExpertThatNobodyRegisteredIsRefused() {
        assertThat(reason(tiers.acquire("nobody"))).isEqualTo(Reason.UNKNOWN);
    }

    @Test
    void aLeaseIsGivenWhenTheWeightsAreThereAndAtOnceFromThenOn() {
        register("a", 60);
        CompletableFuture<Lease> first = tiers.acquire("a");
        assertThat(first).isNotDone();
        assertThat(tiers.residency().of("a").orElseThrow().moving()).isTrue();
        device.finish(device.pending.getFirst());
        assertThat(first).isCompleted();
        assertThat(tiers.acquire("a")).isCompleted();
        assertThat(tiers.residency().of("a").orElseThrow())
                .isEqualTo(new Residency.Standing(Tier.DEVICE, true, false, 0));
    }

    @Test
    void weightsMayBeUsedBeforeAllHaveArrived() {
        register("a", 60);
        CompletableFuture<Lease> lease = tiers.acquire("a");
        device.use(device.pending.getFirst());
        assertThat(lease).isCompleted();
        assertThat(device.pending).hasSize(1);
    }

    @Test
    void leasedWeightsStayUntilTheLeaseIsClosed() {
        register("a", 60);
        register("b", 60);
        Lease lease = resident("a");
        CompletableFuture<Lease> other = tiers.acquire("b");
        device.advance(60 * SECOND);
        assertThat(device.pending).isEmpty();
        assertThat(device.holds("a", Tier.DEVICE)).isTrue();
        lease.close();
        assertThat(device.holds("a", Tier.DEVICE)).isFalse();
        device.finish(device.pending.getFirst());
        assertThat(other).isCompleted();
        lease.close();
    }

    @Test
    void requestsForAnExpertAreServedByOneSwitch() {
        register("a", 60);
        register("b", 60);
        resident("a").close();
        CompletableFuture<Lease> one = tiers.acquire("b");
        CompletableFuture<Lease> two = tiers.acquire("b");
        device.advance(3 * SECOND);
        device.finish(device.pending.getFirst());
        assertThat(one).isCompleted();
        assertThat(two).isCompleted();
        assertThat(device.loadsToDevice).isEqualTo(2);
    }

    @Test
    void aBusyExpertDoesNotKeepAnotherWaitingLongerThanPatience() {
        register("a", 60);
        register("b", 60);
        Lease running = resident("a");
        CompletableFuture<Lease> waiting = tiers.acquire("b");
        CompletableFuture<Lease> early = tiers.acquire("a");
        assertThat(early).isCompleted();
        device.advance(3 * SECOND);
        CompletableFuture<Lease> late = tiers.acquire("a");
        assertThat(late).isNotDone();
        running.close();
        early.join().close();
        device.finish(device.pending.getFirst());
        assertThat(waiting).isCompleted();
        assertThat(late).isNotDone();
        waiting.join().close();
        device.advance(10 * SECOND);
        device.finish(device.pending.getFirst());
        assertThat(late).isCompleted();
    }

    @Test
    void whoWithdrawsWhileOthersAreHeldBackLetsThemGoOn() {
        register("a", 60);
        register("b", 60);
        Lease running = resident("a");
        CompletableFuture<Lease> impatient = tiers.acquire("b");
        device.advance(3 * SECOND);
        CompletableFuture<Lease> heldBack = tiers.acquire("a");
        assertThat(heldBack).isNotDone();
        assertThat(impatient.cancel(false)).isTrue();
        assertThat(heldBack).isCompleted();
        running.close();
    }

    @Test
    void whatIsAskedForSeldomGoesFirst() {
        register("often", 50);
        register("seldom", 50);
        register("new", 50);
        for (int i = 0; i < 20; i++) {
            resident("often").close();
        }
        resident("seldom").close();
        CompletableFuture<Lease> next = tiers.acquire("new");
        device.advance(3 * SECOND);
        device.finish(device.pending.getFirst());
        assertThat(next).isCompleted();
        assertThat(device.holds("often", Tier.DEVICE)).isTrue();
        assertThat(device.holds("seldom", Tier.DEVICE)).isFalse();
    }

    @Test
    void aFailedPromotionFailsItsRequestsAndLeavesTheRestAlone() {
        register("a", 60);
        register("b", 30);
        CompletableFuture<Lease> bad = tiers.acquire("a");
        device.fail(device.pending.getFirst());
        assertThat(reason(bad)).isEqualTo(Reason.PROMOTION_FAILED);
        assertThat(bad)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("\"a\"")
                .withMessageContaining("cosmic ray");
        assertThat(device.holds("a", Tier.DEVICE)).isFalse();
        resident("b").close();
        resident("a").close();
    }

    @Test
    void weightsThatBreakWhileTheyAreUsedStayUntilTheLeaseIsClosed() {
        register("a", 60);
        CompletableFuture<Lease> future = tiers.acquire("a");
        Pending load = device.pending.getFirst();
        device.use(load);
        device.leased.add("a");
        device.fail(load);
        assertThat(device.holds("a", Tier.DEVICE)).isTrue();
        assertThat(tiers.acquire("a")).isNotDone();
        device.leased.clear();
        future.join().close();
        assertThat(device.pending).hasSize(1);
        device.finish(device.pending.getFirst());
    }

    @Test
    void aLostDeviceFailsEverythingFromThenOn() {
        register("a", 60);
        CompletableFuture<Lease> waiting = tiers.acquire("a");
        tiers.lose(new IllegalStateException("fell off the bus"));
        assertThat(reason(waiting)).isEqualTo(Reason.DEVICE_LOST);
        assertThat(reason(tiers.acquire("a"))).isEqualTo(Reason.DEVICE_LOST);
    }

    @Test
    void aLoadThatFindsTheDeviceLostFailsAllExperts() {
        register("a", 60);
        register("b", 60);
        CompletableFuture<Lease> one = tiers.acquire("a");
        CompletableFuture<Lease> other = tiers.acquire("b");
        device.pending.getFirst().progress.lost(new IllegalStateException("fell off the bus"));
        assertThat(reason(one)).isEqualTo(Reason.DEVICE_LOST);
        assertThat(reason(other)).isEqualTo(Reason.DEVICE_LOST);
    }

    @Test
    void closingFailsWhoWaits() {
        register("a", 60);
        CompletableFuture<Lease> waiting = tiers.acquire("a");
        tiers.close();
        assertThat(reason(waiting)).isEqualTo(Reason.CLOSED);
    }

    @Test
    void leasesTellLoadsApart() {
        register("a", 60);
        register("b", 60);
        try (Lease first = resident("a")) {
            assertThat(first.load()).isOne();
        }
        try (Lease again = resident("a")) {
            assertThat(again.load()).isOne();
        }
        resident("b").close();
        try (Lease anew = resident("a")) {
            assertThat(anew.load()).isEqualTo(2);
        }
    }
}
