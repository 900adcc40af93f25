package io.consort.router.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SolversTest {

    private static final double CLOSE = 1e-6;

    @Test
    void bothSolversFindWhatTryingEveryMapFinds() {
        int feasible = 0;
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Instance instance =
                    Instance.of(problem(random, 1 + random.nextInt(5), 1 + random.nextInt(5)));
            double expected = bruteForce(instance);
            MapSolver.Solution enumerated = solve(new Enumeration(), instance);
            MapSolver.Solution programmed = solve(new MixedInteger(), instance);
            assertThat(enumerated.proven()).isTrue();
            assertThat(programmed.proven()).isTrue();
            if (expected == Double.NEGATIVE_INFINITY) {
                assertThat(enumerated.choice()).as("seed %d", seed).isEmpty();
                assertThat(programmed.choice()).as("seed %d", seed).isEmpty();
                continue;
            }
            feasible++;
            assertThat(worth(instance, enumerated))
                    .as("seed %d", seed)
                    .isCloseTo(expected, within(CLOSE));
            assertThat(worth(instance, programmed))
                    .as("seed %d", seed)
                    .isCloseTo(expected, within(CLOSE));
        }
        assertThat(feasible).isBetween(100, 290);
    }

    @Test
    void bothSolversAgreeOnPoolsTooLargeToTryEveryMap() {
        for (int seed = 1; seed <= 8; seed++) {
            Instance instance = Instance.of(problem(new Random(seed), 12, 9 + seed % 4));
            MapSolver.Solution enumerated = solve(new Enumeration(), instance);
            MapSolver.Solution programmed = solve(new MixedInteger(), instance);
            assertThat(enumerated.proven()).isTrue();
            assertThat(programmed.choice().isPresent()).isEqualTo(enumerated.choice().isPresent());
            assertThat(programmed.proven()).isTrue();
            if (enumerated.choice().isPresent()) {
                assertThat(worth(instance, enumerated))
                        .as("seed %d", seed)
                        .isCloseTo(worth(instance, programmed), within(CLOSE));
            }
        }
    }

    @Test
    void twentyExpertsAreEnumerated() {
        Random random = new Random(3);
        MapProblem problem = problem(random, 20, 20);
        Instance instance =
                Instance.of(
                        problem.with(
                                Budgets.NONE
                                        .with(Measure.HOSTED_PARAMETERS, 120e9)
                                        .with(Measure.USD_PER_THOUSAND_REQUESTS, 0.3)));
        MapSolver.Solution solution = solve(new Enumeration(), instance);
        assertThat(solution.proven()).isTrue();
        assertThat(solution.choice()).isPresent();
        worth(instance, solution);
    }

    @Test
    void withoutTimeTheResultIsNotCalledProven() {
        AtomicLong now = new AtomicLong();
        Instance instance = Instance.of(problem(new Random(5), 6, 6).with(Budgets.NONE));
        Deadline passed = Deadline.after(Duration.ZERO, now::incrementAndGet);
        MapSolver.Solution solution = new Enumeration().solve(instance, passed);
        assertThat(solution.proven()).isFalse();
        assertThat(solution.bound()).isGreaterThan(bruteForce(instance) - CLOSE);
    }

    private static MapSolver.Solution solve(MapSolver solver, Instance instance) {
        return solver.solve(instance, Deadline.after(Duration.ofSeconds(60), System::nanoTime));
    }

    /** The value of a solution, once it is found to meet every budget. */
    private static double worth(Instance instance, MapSolver.Solution solution) {
        int[] choice = solution.choice().orElseThrow();
        double worth = worth(instance, choice);
        assertThat(worth).isGreaterThan(Double.NEGATIVE_INFINITY);
        return worth;
    }

    private static double bruteForce(Instance instance) {
        int[] choice = new int[instance.categories()];
        double best = Double.NEGATIVE_INFINITY;
        while (true) {
            best = Math.max(best, worth(instance, choice));
            int c = 0;
            while (c < choice.length && ++choice[c] == instance.experts()) {
                choice[c++] = 0;
            }
            if (c == choice.length) {
                return best;
            }
        }
    }

    private static double worth(Instance instance, int[] choice) {
        double worth = 0;
        double[] means = new double[instance.meanLimit().length];
        double[] sums = new double[instance.hostedLimit().length];
        boolean[] counted = new boolean[instance.experts()];
        for (int c = 0; c < choice.length; c++) {
            int e = choice[c];
            worth += instance.value()[c][e];
            for (int k = 0; k < means.length; k++) {
                means[k] += instance.mean()[k][c][e];
            }
            for (int k = 0; k < sums.length && !counted[e]; k++) {
                sums[k] += instance.hosted()[k][e];
            }
            counted[e] = true;
        }
        for (int k = 0; k < means.length; k++) {
            worth = means[k] > instance.meanLimit()[k] + 1e-8 ? Double.NEGATIVE_INFINITY : worth;
        }
        for (int k = 0; k < sums.length; k++) {
            worth = sums[k] > instance.hostedLimit()[k] + 1e-8 ? Double.NEGATIVE_INFINITY : worth;
        }
        return worth;
    }

    /** A pool where larger experts tend to score more, under some of the budgets. */
    static MapProblem problem(Random random, int categories, int experts) {
        List<Candidate> candidates = new ArrayList<>();
        double[] sizes = new double[experts];
        for (int e = 0; e < experts; e++) {
            sizes[e] = 1e9 * (1 + random.nextInt(70));
            Map<Measure, Double> uses = new EnumMap<>(Measure.class);
            uses.put(Measure.HOSTED_PARAMETERS, sizes[e]);
            uses.put(Measure.DEVICE_BYTES, sizes[e] * (1 + random.nextInt(2)));
            uses.put(Measure.ACTIVE_PARAMETERS, sizes[e] / (1 + random.nextInt(4)));
            uses.put(Measure.LATENCY, 100 + random.nextDouble(900));
            if (random.nextInt(8) > 0) {
                uses.put(Measure.USD_PER_THOUSAND_REQUESTS, random.nextDouble());
            }
            candidates.add(new Candidate("e" + e, uses));
        }
        List<Demand> demands = new ArrayList<>();
        for (int c = 0; c < categories; c++) {
            List<Estimate> estimates = new ArrayList<>();
            for (int e = 0; e < experts; e++) {
                estimates.add(
                        new Estimate(
                                Math.clamp(sizes[e] / 140e9 + 0.5 * random.nextDouble(), 0, 1),
                                0.02,
                                100));
            }
            demands.add(new Demand("c" + c, 1 + random.nextInt(5), estimates));
        }
        Budgets budgets = Budgets.NONE;
        for (Measure measure : Measure.values()) {
            if (random.nextBoolean()) {
                double middle =
                        switch (measure) {
                            case HOSTED_PARAMETERS -> 90e9;
                            case ACTIVE_PARAMETERS -> 20e9;
                            case USD_PER_THOUSAND_REQUESTS -> 0.4;
                            case LATENCY -> 450;
                            case DEVICE_BYTES -> 120e9;
                        };
                budgets = budgets.with(measure, middle * (0.3 + 1.2 * random.nextDouble()));
            }
        }
        return new MapProblem(candidates, demands, budgets);
    }
}
