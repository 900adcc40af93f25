package io.consort.router.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ExplorationTest {

    private static final List<String> RANKED = List.of("a", "b", "c");

    @Test
    void withoutAShareTheBestIsCertain() {
        Exploration chosen = Exploration.of(RANKED, 0, 0);
        assertThat(chosen.experts()).isEqualTo(RANKED);
        assertThat(chosen.propensity()).isEqualTo(1);
    }

    @Test
    void whomChanceChoosesComesFirstAndTheOthersKeepTheirOrder() {
        Exploration chosen = Exploration.of(RANKED, 0.3, 0.25);
        assertThat(chosen.experts()).containsExactly("c", "a", "b");
        assertThat(chosen.propensity()).isEqualTo(0.1, within(1e-12));
        List<String> reasons = new ArrayList<>();
        chosen.explain(reasons);
        assertThat(reasons).singleElement().asString().contains("c is asked first this time");
    }

    @Test
    void theOnlyOneIsNotExplored() {
        assertThat(Exploration.of(List.of("a"), 1, 0.5).propensity()).isEqualTo(1);
        assertThat(Exploration.of(List.of(), 1, 0.5).experts()).isEmpty();
    }

    @Test
    void propensitiesAreTheFrequencies() {
        SplittableRandom random = new SplittableRandom(7);
        Map<String, Integer> firsts = new HashMap<>();
        Map<String, Double> propensities = new HashMap<>();
        int draws = 100_000;
        for (int i = 0; i < draws; i++) {
            Exploration chosen = Exploration.of(RANKED, 0.3, random.nextDouble());
            firsts.merge(chosen.experts().getFirst(), 1, Integer::sum);
            propensities.put(chosen.experts().getFirst(), chosen.propensity());
        }
        assertThat(propensities.values().stream().mapToDouble(Double::doubleValue).sum())
                .isEqualTo(1, within(1e-9));
        firsts.forEach((expert, count) ->
                assertThat(count / (double) draws)
                        .as(expert)
                        .isEqualTo(propensities.getOrDefault(expert, 0.0), within(0.006)));
    }
}
