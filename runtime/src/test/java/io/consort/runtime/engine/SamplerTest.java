package io.consort.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.consort.runtime.engine.TokenChoice.Alternative;
import io.consort.runtime.engine.TokenChoice.Likelihood;
import io.consort.runtime.model.Logits;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplerTest {

    private final Candidates candidates = new Candidates();

    @Test
    void temperatureZeroTakesTheMostProbableTokenAndTheFirstOfEquals() {
        assertThat(
                        choose(
                                Sampler.of(0, OptionalInt.of(5), OptionalDouble.of(0.5), 1),
                                0,
                                1,
                                3,
                                3,
                                2))
                .isEqualTo(1);
    }

    @Test
    void drawsFollowTheProbabilities() {
        int[] counts = counts(drawn(1), logs(0.5, 0.3, 0.2));

        assertThat(counts[0] / 20_000.0).isCloseTo(0.5, within(0.02));
        assertThat(counts[1] / 20_000.0).isCloseTo(0.3, within(0.02));
        assertThat(counts[2] / 20_000.0).isCloseTo(0.2, within(0.02));
    }

    @Test
    void aHighTemperatureLevelsAndALowOneSharpens() {
        float[] logits = logs(0.64, 0.32, 0.04);

        int[] high = counts(drawn(2), logits);
        int[] low = counts(drawn(0.25), logits);
        assertThat(high[1] / (double) high[0]).isCloseTo(Math.sqrt(0.5), within(0.05));
        assertThat(low[1] / (double) low[0]).isCloseTo(Math.pow(0.5, 4), within(0.02));
    }

    @Test
    void topKKeepsTheMostProbableTokens() {
        int[] counts =
                counts(
                        Sampler.of(1, OptionalInt.of(2), OptionalDouble.empty(), 3),
                        logs(0.1, 0.4, 0.2, 0.3));

        assertThat(counts[0]).isZero();
        assertThat(counts[2]).isZero();
        assertThat(counts[1]).isPositive();
        assertThat(counts[3]).isPositive();
    }

    @Test
    void topPKeepsTheFewestTokensWithThatShare() {
        float[] logits = logs(0.1, 0.4, 0.2, 0.3);

        assertThat(support(0.39, logits)).containsExactly(1);
        assertThat(support(0.5, logits)).containsExactly(1, 3);
        assertThat(support(0.85, logits)).containsExactly(1, 2, 3);
        assertThat(support(1, logits)).containsExactly(0, 1, 2, 3);
    }

    @Test
    void aSeedDrawsTheSameAgainAndAnotherSeedOtherwise() {
        float[] logits = new float[50];
        Sampler sampler = Sampler.of(1, OptionalInt.of(40), OptionalDouble.of(0.9), 7);
        List<Integer> first = draws(sampler, logits);

        assertThat(draws(Sampler.of(1, OptionalInt.of(40), OptionalDouble.of(0.9), 7), logits))
                .isEqualTo(first);
        assertThat(draws(Sampler.of(1, OptionalInt.of(40), OptionalDouble.of(0.9), 8), logits))
                .isNotEqualTo(first);
    }

    @Test
    void cutsOfLargeVocabulariesAreThoseOfASortedList() {
        Random random = new Random(4);
        for (int round = 0; round < 200; round++) {
            float[] logits = new float[1 + random.nextInt(3_000)];
            for (int i = 0; i < logits.length; i++) {
                logits[i] = (float) (random.nextGaussian() * 6) + random.nextInt(3);
            }
            int kept = 1 + random.nextInt(60);
            load(logits);
            candidates.keepMostProbable(kept);
            Integer[] sorted = IntStream.range(0, logits.length).boxed().toArray(Integer[]::new);
            Arrays.sort(sorted, Comparator.comparingDouble((Integer token) -> -logits[token]));
            assertThat(candidates.count()).isEqualTo(Math.min(kept, possible(logits)));
            double share = random.nextDouble();
            load(logits);
            candidates.keepShare(share);
            assertThat(candidates.count()).isEqualTo(nucleus(logits, sorted, share));
        }
    }

    @Test
    void temperatureAppliesBeforeTheCuts() {
        float[] logits = logs(0.7, 0.2, 0.1);

        assertThat(distinct(Sampler.of(1, OptionalInt.empty(), OptionalDouble.of(0.65), 1), logits))
                .containsExactly(0);
        assertThat(distinct(Sampler.of(4, OptionalInt.empty(), OptionalDouble.of(0.65), 1), logits))
                .containsExactly(0, 1);
    }

    @Test
    void aVeryLowTemperatureIsGreedy() {
        int[] counts = counts(drawn(1e-300), new float[] {1, 2, 1.999f, Float.NEGATIVE_INFINITY});

        assertThat(counts).containsExactly(0, 20_000, 0, 0);
    }

    @Test
    void aVeryHighTemperatureLevelsAllButWhatIsImpossible() {
        int[] counts = counts(drawn(1e300), new float[] {1, Float.NEGATIVE_INFINITY, 9, -40});

        assertThat(counts[1]).isZero();
        for (int token : List.of(0, 2, 3)) {
            assertThat(counts[token] / 20_000.0).isCloseTo(1 / 3.0, within(0.02));
        }
    }

    @Test
    void cutsAmongEqualsKeepTheSmallestIds() {
        float[] logits = new float[100];
        logits[70] = 1;
        load(logits);
        candidates.keepMostProbable(4);
        assertThat(kept(logits.length)).containsExactly(0, 1, 2, 70);
        load(logits);
        candidates.keepShare(Math.E / (99 + Math.E) + 2.5 / (99 + Math.E));
        assertThat(kept(logits.length)).containsExactly(0, 1, 2, 70);
    }

    @Test
    void aDrawWithoutCutsFollowsTheProbabilitiesOfALargeVocabulary() {
        Random random = new Random(6);
        float[] logits = new float[400];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) random.nextGaussian();
        }
        int[] counts = counts(drawn(1), logits);
        double total = 0;
        for (float logit : logits) {
            total += Math.exp(logit);
        }
        double chiSquare = 0;
        for (int i = 0; i < logits.length; i++) {
            double expected = 20_000 * Math.exp(logits[i]) / total;
            chiSquare += Math.pow(counts[i] - expected, 2) / expected;
        }
        assertThat(chiSquare).isBetween(399 - 5 * Math.sqrt(798), 399 + 5 * Math.sqrt(798));
    }

    @Test
    void logitsThatAreNoNumbersAreRefused() {
        for (float bad : List.of(Float.NaN, Float.POSITIVE_INFINITY)) {
            assertThatThrownBy(() -> load(1, bad, 2))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("token 1");
        }
        assertThatThrownBy(() -> load(Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY))
                .isInstanceOf(EngineException.class);
    }

    @Test
    void likelihoodsComeFromTheRawLogits() {
        Logits logits = new Logits(logs(9, 9, 9, 9, 0.1, 0.4, 0.2, 0.3), 2, 4);
        Likelihood likelihood = Likelihoods.of(logits, 1, 2, 3);

        assertThat(Math.exp(likelihood.logprob())).isCloseTo(0.2, within(1e-6));
        assertThat(likelihood.alternatives())
                .extracting(Alternative::token)
                .containsExactly(1, 3, 2);
        assertThat(Math.exp(likelihood.alternatives().getFirst().logprob()))
                .isCloseTo(0.4, within(1e-6));
        assertThat(Likelihoods.of(logits, 1, 2, 0).alternatives()).isEmpty();
        assertThat(Likelihoods.of(logits, 1, 2, 20).alternatives()).hasSize(4);
    }

    private static int nucleus(float[] logits, Integer[] sorted, double share) {
        double total = 0;
        for (Integer token : sorted) {
            total += weight(logits, sorted, token);
        }
        double sum = 0;
        int kept = 0;
        while (kept == 0 || (kept < sorted.length && sum < share * total)) {
            sum += weight(logits, sorted, sorted[kept++]);
        }
        return kept;
    }

    private static float weight(float[] logits, Integer[] sorted, int token) {
        return (float) Math.exp((logits[token] - logits[sorted[0]]) / 1.0);
    }

    private static float[] logs(double... probabilities) {
        float[] logits = new float[probabilities.length];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) Math.log(probabilities[i]);
        }
        return logits;
    }

    private void load(float... logits) {
        candidates.load(new Logits(logits, 1, logits.length), 0);
    }

    private int choose(Sampler sampler, int position, float... logits) {
        load(logits);
        return sampler.draw()
                .map(draw -> candidates.draw(draw, position))
                .orElseGet(candidates::mostProbable);
    }

    private static int possible(float[] logits) {
        double highest =
                IntStream.range(0, logits.length).mapToDouble(i -> logits[i]).max().orElseThrow();
        double lowest = highest - 40 * Math.log(2);
        return (int) IntStream.range(0, logits.length).filter(i -> logits[i] > lowest).count();
    }

    private static Sampler drawn(double temperature) {
        return Sampler.of(temperature, OptionalInt.empty(), OptionalDouble.empty(), 9);
    }

    /** Ids that can be drawn, by drawing at many places. */
    private int[] kept(int vocabulary) {
        boolean[] seen = new boolean[vocabulary];
        for (int place = 0; place < 100_000; place++) {
            seen[candidates.at(place * 184_467_440_737_095L)] = true;
        }
        return IntStream.range(0, vocabulary).filter(token -> seen[token]).toArray();
    }

    private int[] counts(Sampler sampler, float[] logits) {
        int[] counts = new int[logits.length];
        for (int position = 0; position < 20_000; position++) {
            counts[choose(sampler, position, logits)]++;
        }
        return counts;
    }

    private int[] distinct(Sampler sampler, float[] logits) {
        int[] counts = counts(sampler, logits);
        return IntStream.range(0, counts.length).filter(token -> counts[token] > 0).toArray();
    }

    private int[] support(double share, float[] logits) {
        return distinct(Sampler.of(1, OptionalInt.empty(), OptionalDouble.of(share), 3), logits);
    }

    private List<Integer> draws(Sampler sampler, float[] logits) {
        return IntStream.range(0, 60)
                .mapToObj(position -> choose(sampler, position, logits))
                .toList();
    }
}
