package io.consort.router.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BestMapTest {

    private static final Duration TIME = Duration.ofSeconds(30);

    private static final Candidate SMALL = candidate("small", 1e9, 0.1);
    private static final Candidate LARGE = candidate("large", 70e9, 1.0);

    @Test
    void withoutBudgetsEveryCategoryGetsItsBestExpert() {
        MapResult.Best best = best(pool(Budgets.NONE));
        assertThat(best.assignments())
                .extracting(Assignment::expert)
                .containsExactly("large", "small");
        assertThat(best.score()).isCloseTo(0.75 * 0.9 + 0.25 * 0.8, within(1e-12));
        assertThat(best.proven()).isTrue();
        assertThat(best.bound()).isEqualTo(best.score());
        assertThat(best.uses().get(Measure.HOSTED_PARAMETERS)).isEqualTo(71e9);
        assertThat(best.uses().get(Measure.ACTIVE_PARAMETERS))
                .isCloseTo(0.75 * 70e9 + 0.25 * 1e9, within(1.0));
        assertThat(best.uses()).doesNotContainKey(Measure.LATENCY);
        assertThat(best.assignments().getFirst().ranked()).containsExactly("large", "small");
        assertThat(best.assignments().getFirst().reason())
                .isEqualTo(
                        "large scores 0.900 ± 0.030 over 50 samples;"
                                + " the next, small, scores 0.300 ± 0.042 less");
    }

    @Test
    void theReasonNamesTheBudgetThatKeepsABetterExpertAway() {
        MapResult.Best best = best(pool(Budgets.NONE.with(Measure.HOSTED_PARAMETERS, 10e9)));
        Assignment first = best.assignments().getFirst();
        assertThat(first.expert()).isEqualTo("small");
        assertThat(first.ranked()).containsExactly("small");
        assertThat(first.reason())
                .contains(
                        "large would score 0.300 ± 0.042 more, but then hosted-parameters would be"
                                + " 71.00 billion parameters of 10.00 billion parameters");
    }

    @Test
    void aDifferenceWithinItsErrorIsSaidToBePossiblyChance() {
        MapProblem problem =
                new MapProblem(
                        List.of(SMALL, LARGE), List.of(demand("c", 1, 0.80, 0.81)), Budgets.NONE);
        assertThat(best(problem).assignments().getFirst().reason()).endsWith("may be chance");
    }

    @Test
    void equallyGoodExpertsCostNoMoreThanNeeded() {
        MapProblem problem =
                new MapProblem(
                        List.of(LARGE, SMALL),
                        List.of(demand("c", 1, 0.8, 0.8), demand("d", 1, 0.5, 0.5)),
                        Budgets.NONE);
        assertThat(best(problem).assignments())
                .extracting(Assignment::expert)
                .containsExactly("small", "small");
    }

    @Test
    void aMeanBudgetIsSpentWhereItBringsMost() {
        MapProblem problem =
                new MapProblem(
                        List.of(SMALL, LARGE),
                        List.of(
                                demand("a", 1, 0.5, 0.6),
                                demand("b", 1, 0.5, 0.9),
                                demand("c", 1, 0.5, 0.7)),
                        Budgets.NONE.with(Measure.USD_PER_THOUSAND_REQUESTS, 0.4));
        assertThat(best(problem).assignments())
                .extracting(Assignment::expert)
                .containsExactly("small", "large", "small");
    }

    @Test
    void figuresOfACategoryReplaceTheGeneralOnes() {
        Estimate dear = new Estimate(0.9, 0.01, 9, Map.of(Measure.USD_PER_THOUSAND_REQUESTS, 5.0));
        MapProblem problem =
                new MapProblem(
                        List.of(SMALL, LARGE),
                        List.of(new Demand("c", 1, List.of(new Estimate(0.2, 0.01, 9), dear))),
                        Budgets.NONE.with(Measure.USD_PER_THOUSAND_REQUESTS, 2));
        assertThat(best(problem).assignments().getFirst().expert()).isEqualTo("small");
    }

    @Test
    void anExpertWithoutAFigureIsLeftOutUnderABudgetOnIt() {
        Candidate secret = new Candidate("secret", Map.of());
        MapProblem problem =
                new MapProblem(
                        List.of(SMALL, secret),
                        List.of(demand("c", 1, 0.1, 0.9)),
                        Budgets.NONE.with(Measure.ACTIVE_PARAMETERS, 2e9));
        MapResult.Best best = best(problem);
        assertThat(best.assignments().getFirst().expert()).isEqualTo("small");
        assertThat(best.notes())
                .containsExactly(
                        "secret is left out where its active-parameters are not known;"
                                + " a budget limits them");
    }

    @Test
    void whatCannotBeMetIsNamedWithTheLeastThatWouldDo() {
        MapResult result =
                BestMap.find(
                        pool(
                                Budgets.NONE
                                        .with(Measure.HOSTED_PARAMETERS, 0.5e9)
                                        .with(Measure.USD_PER_THOUSAND_REQUESTS, 0.5)),
                        TIME);
        assertThat(result).isInstanceOf(MapResult.Infeasible.class);
        MapResult.Infeasible infeasible = (MapResult.Infeasible) result;
        assertThat(infeasible.least()).containsOnlyKeys(Measure.HOSTED_PARAMETERS);
        assertThat(infeasible.least().get(Measure.HOSTED_PARAMETERS)).isEqualTo(1e9);
        assertThat(infeasible.message())
                .isEqualTo(
                        "no map meets the budgets: hosted-parameters is 500.00 million parameters,"
                                + " and 1.00 billion parameters is the least that would do");
    }

    @Test
    void budgetsThatExcludeEachOtherAreBothNamed() {
        Candidate cheap = candidate("cheap", 50e9, 0.1);
        Candidate light = candidate("light", 1e9, 2);
        MapResult result =
                BestMap.find(
                        new MapProblem(
                                List.of(cheap, light),
                                List.of(demand("c", 1, 0.5, 0.5)),
                                Budgets.NONE
                                        .with(Measure.ACTIVE_PARAMETERS, 10e9)
                                        .with(Measure.USD_PER_THOUSAND_REQUESTS, 1)),
                        TIME);
        MapResult.Infeasible infeasible = (MapResult.Infeasible) result;
        assertThat(infeasible.least())
                .containsOnly(
                        Map.entry(Measure.ACTIVE_PARAMETERS, 50e9),
                        Map.entry(Measure.USD_PER_THOUSAND_REQUESTS, 2.0));
    }

    @Test
    void severalBudgetsThatFailAloneAreToldToBeWidenedTogether() {
        MapResult result =
                BestMap.find(
                        pool(
                                Budgets.NONE
                                        .with(Measure.HOSTED_PARAMETERS, 1)
                                        .with(Measure.ACTIVE_PARAMETERS, 1)),
                        TIME);
        MapResult.Infeasible infeasible = (MapResult.Infeasible) result;
        assertThat(infeasible.least()).isEmpty();
        assertThat(infeasible.message()).contains("widen several: hosted-parameters, active-par");
    }

    @Test
    void moreThanTwentyExpertsAreChosenFromByIntegerProgramming() {
        MapProblem problem = SolversTest.problem(new Random(11), 4, 24);
        MapProblem limited = problem.with(Budgets.NONE.with(Measure.HOSTED_PARAMETERS, 60e9));
        MapResult.Best best = best(limited);
        assertThat(best.proven()).isTrue();
        assertThat(best.uses().get(Measure.HOSTED_PARAMETERS)).isLessThanOrEqualTo(60.0001e9);
        assertThat(best.score()).isLessThanOrEqualTo(best(problem.with(Budgets.NONE)).score());
    }

    @Test
    void theFrontierTellsWhatEachLevelOfABudgetCosts() {
        List<Frontier.Point> points =
                Frontier.of(pool(Budgets.NONE), Measure.USD_PER_THOUSAND_REQUESTS, TIME);
        assertThat(points)
                .extracting(point -> Math.round(1000 * point.level()))
                .containsExactly(100L, 775L);
        assertThat(points.getLast().map().score()).isEqualTo(best(pool(Budgets.NONE)).score());
        for (int seed = 0; seed < 10; seed++) {
            MapProblem problem = SolversTest.problem(new Random(seed), 6, 5).with(Budgets.NONE);
            List<Frontier.Point> random = Frontier.of(problem, Measure.HOSTED_PARAMETERS, TIME);
            for (int i = 1; i < random.size(); i++) {
                assertThat(random.get(i).level()).isGreaterThan(random.get(i - 1).level());
                assertThat(random.get(i).map().score())
                        .isGreaterThan(random.get(i - 1).map().score());
            }
            assertThat(random.getLast().map().score()).isEqualTo(best(problem).score());
        }
    }

    @Test
    void nonsenseIsRefusedByName() {
        assertThatThrownBy(() -> Budgets.NONE.with(Measure.LATENCY, -1))
                .hasMessageContaining("the budget `latency` must be 0 or more ms, not -1.0");
        assertThatThrownBy(() -> Measure.named("speed"))
                .hasMessageContaining("no budget 'speed'; choose from hosted-parameters");
        assertThatThrownBy(() -> new MapProblem(List.of(), List.of(), Budgets.NONE))
                .hasMessageContaining("name at least one");
        assertThatThrownBy(() ->
                        new MapProblem(List.of(SMALL), List.of(demand("c", 1, 1, 1)), Budgets.NONE))
                .hasMessageContaining("category 'c' has 2 estimates for 1 experts");
    }

    private static MapProblem pool(Budgets budgets) {
        return new MapProblem(
                List.of(SMALL, LARGE),
                List.of(demand("proofs", 3, 0.6, 0.9), demand("greetings", 1, 0.8, 0.7)),
                budgets);
    }

    private static Candidate candidate(String expert, double parameters, double usd) {
        return new Candidate(
                expert,
                Map.of(
                        Measure.HOSTED_PARAMETERS, parameters,
                        Measure.ACTIVE_PARAMETERS, parameters,
                        Measure.USD_PER_THOUSAND_REQUESTS, usd));
    }

    private static Demand demand(String category, double weight, double... scores) {
        return new Demand(
                category,
                weight,
                Arrays.stream(scores).mapToObj(score -> new Estimate(score, 0.03, 50)).toList());
    }

    private static MapResult.Best best(MapProblem problem) {
        MapResult result = BestMap.find(problem, TIME);
        assertThat(result).isInstanceOf(MapResult.Best.class);
        return (MapResult.Best) result;
    }
}
