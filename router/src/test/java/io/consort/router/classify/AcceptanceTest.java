package io.consort.router.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AcceptanceTest {

    private static final List<Evidence> MEMBERS = evidence(0.5);
    private static final List<Evidence> OTHERS = evidence(0.3);

    @Test
    void anotherShareOfStrangersMovesTheOddsAndLeavesTheLimitWhereItWas() {
        Acceptance even = Acceptance.fit(MEMBERS, OTHERS, OptionalDouble.empty());
        Acceptance few = Acceptance.fit(MEMBERS, OTHERS, OptionalDouble.of(0.2));
        for (Evidence one : List.of(MEMBERS.getFirst(), OTHERS.getLast())) {
            assertThat(odds(few, one) - odds(even, one)).isCloseTo(Math.log(4), within(1e-6));
            assertThat(few.probability(one) < few.threshold())
                    .isEqualTo(even.probability(one) < even.threshold());
        }
    }

    private static double odds(Acceptance acceptance, Evidence evidence) {
        double probability = acceptance.probability(evidence);
        return Math.log(probability / (1 - probability));
    }

    private static List<Evidence> evidence(double near) {
        return IntStream.range(0, 60)
                .mapToObj(i -> new Evidence(0, 1, 0, 0.1, near, near + 0.004 * (i % 30), 0))
                .toList();
    }
}
