package io.consort.runtime.tiers.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.runtime.tiers.LinkSpeeds;
import io.consort.runtime.tiers.TierSettings;
import io.consort.runtime.tiers.TierSettings.Eviction;
import io.consort.runtime.tiers.TierSettings.Order;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReplayTest {

    private static final int EXPERTS = 30;
    private static final Arrivals.Shape SHAPE = new Arrivals.Shape(EXPERTS, 3000, 4);

    private static Outcome play(Arrivals arrivals, Order order, Eviction eviction, long seed) {
        TierSettings settings =
                new TierSettings(
                        100, 480, new LinkSpeeds(53, 8), order, eviction, Duration.ofSeconds(2));
        return Replay.run(settings, EXPERTS, 16, arrivals.of(SHAPE, seed), 2, false);
    }

    @ParameterizedTest
    @EnumSource(Arrivals.class)
    void aReplayIsTheSameEveryTime(Arrivals arrivals) {
        assertThat(play(arrivals, Order.GROUPED, Eviction.PRICED, 7))
                .isEqualTo(play(arrivals, Order.GROUPED, Eviction.PRICED, 7))
                .isNotEqualTo(play(arrivals, Order.GROUPED, Eviction.PRICED, 8));
    }

    @ParameterizedTest
    @EnumSource(Arrivals.class)
    void groupingAndPricesLoseLessThanHalfOfWhatArrivalOrderAndRecencyLose(Arrivals arrivals) {
        for (long seed = 1; seed <= 3; seed++) {
            Outcome plain = play(arrivals, Order.ARRIVAL, Eviction.LEAST_RECENTLY_USED, seed);
            Outcome ours = play(arrivals, Order.GROUPED, Eviction.PRICED, seed);
            assertThat(ours.lost()).isLessThan(plain.lost() / 2);
        }
    }

    @ParameterizedTest
    @EnumSource(Arrivals.class)
    void arrivalsComeInOrderAndFavourAFew(Arrivals arrivals) {
        var requests = arrivals.of(SHAPE, 3);
        assertThat(requests).hasSize(3000);
        long before = 0;
        int first = 0;
        for (Request request : requests) {
            assertThat(request.at()).isGreaterThanOrEqualTo(before);
            assertThat(request.expert()).isBetween(0, EXPERTS - 1);
            before = request.at();
            first += request.expert() < 3 ? 1 : 0;
        }
        assertThat(first).isGreaterThan(3000 * 3 / EXPERTS * 2);
    }
}
