package io.consort.runtime.tiers;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.runtime.tiers.TierSettings.Eviction;
import io.consort.runtime.tiers.TierSettings.Order;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random operations on a device that objects to whatever it could not do. */
class TiersPropertyTest {

    private static final int OPERATIONS = 100_000;
    private static final int EXPERTS = 24;
    private static final long DEVICE = 1000;
    private static final long PINNED = 1500;
    private static final long MILLISECOND = 1_000_000;

    private final FakeDevice device = new FakeDevice(DEVICE, PINNED);
    private final TreeMap<Integer, CompletableFuture<Lease>> futures = new TreeMap<>();
    private final List<Lease> leases = new ArrayList<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private int asked;
    private int granted;
    private int refused;
    private int withdrawn;

    @ParameterizedTest
    @CsvSource({
        "GROUPED, PRICED, 1",
        "GROUPED, PRICED, 2",
        "GROUPED, LEAST_RECENTLY_USED, 3",
        "ARRIVAL, PRICED, 4",
        "ARRIVAL, LEAST_RECENTLY_USED, 5"
    })
    void whateverHappensNothingOverflowsAndEveryRequestEnds(
            Order order, Eviction eviction, long seed) {
        Random random = new Random(seed);
        TierSettings settings =
                new TierSettings(
                        DEVICE,
                        PINNED,
                        new LinkSpeeds(5000, 1000),
                        order,
                        eviction,
                        Duration.ofMillis(400));
        try (Tiers tiers = new Tiers(settings, device, device, () -> device.now)) {
            for (int i = 0; i < EXPERTS; i++) {
                long bytes = i == 0 ? DEVICE : 50 + random.nextInt(400);
                device.sizes.put("e" + i, bytes);
                tiers.register("e" + i, bytes);
            }
            for (int i = 0; i < OPERATIONS; i++) {
                step(tiers, random);
            }
            drain(random);
        }
        assertThat(futures).isEmpty();
        assertThat(leases).isEmpty();
        assertThat(granted).isGreaterThan(OPERATIONS / 20);
        assertThat(refused).isPositive();
        assertThat(withdrawn).isPositive();
    }

    private void step(Tiers tiers, Random random) {
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> {
                if (futures.size() < 200) {
                    acquire(tiers, "e" + skewed(random));
                }
            }
            case 4, 5, 6 -> release(random);
            case 7 -> pick(random).ifPresent(device::finish);
            case 8 -> pick(random).ifPresent(random.nextInt(8) == 0 ? device::fail : device::use);
            case 9 -> tiers.foresee("e" + random.nextInt(EXPERTS), random.nextDouble());
            case 10 -> {
                if (!futures.isEmpty() && random.nextInt(10) == 0) {
                    List.copyOf(futures.values()).get(random.nextInt(futures.size())).cancel(false);
                }
            }
            default -> device.advance(random.nextInt(50) * MILLISECOND);
        }
    }

    /** No new requests: loads end and leases are closed until nothing is left. */
    private void drain(Random random) {
        for (int i = 0; i < 20_000 && !(futures.isEmpty() && leases.isEmpty()); i++) {
            release(random);
            pick(random).ifPresent(device::finish);
            device.advance(10 * MILLISECOND);
        }
    }

    private Optional<FakeDevice.Pending> pick(Random random) {
        return device.pending.isEmpty()
                ? Optional.empty()
                : Optional.of(device.pending.get(random.nextInt(device.pending.size())));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // What follows counts the ends.
    private void acquire(Tiers tiers, String expert) {
        CompletableFuture<Lease> future = tiers.acquire(expert);
        int number = asked++;
        futures.put(number, future);
        future.whenComplete((lease, failure) -> {
            futures.remove(number);
            if (lease != null) {
                granted++;
                assertThat(device.holds(expert, Tier.DEVICE)).isTrue();
                assertThat(lease.expert()).isEqualTo(expert);
                counts.merge(expert, 1, Integer::sum);
                device.leased.add(expert);
                leases.add(lease);
            } else if (failure instanceof TierException) {
                refused++;
            } else {
                withdrawn++;
            }
        });
    }

    private void release(Random random) {
        if (!leases.isEmpty()) {
            Lease lease = leases.remove(random.nextInt(leases.size()));
            int left = counts.merge(lease.expert(), -1, Integer::sum);
            if (left == 0) {
                device.leased.remove(lease.expert());
            }
            lease.close();
        }
    }

    private static int skewed(Random random) {
        return (int) (EXPERTS * Math.pow(random.nextDouble(), 2.5));
    }
}
