package io.consort.router.outcomes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class ForecastTest {

    private static final Offset<Double> CLOSE = within(1e-9);

    @Test
    void smallGroupsLeanOnTheMeanOfAll() {
        List<Query> train = List.of(query("a", 1, 0), query("b", 0, 0), query("b", 0, Double.NaN));
        MeanScores means = MeanScores.of(train);
        assertThat(means.overall()).containsExactly(new double[] {1 / 3.0, 0}, CLOSE);
        MeanScores.Group one = means.group();
        one.add(train.getFirst(), 1);
        assertThat(one.means()[0]).isBetween(1 / 3.0, 0.5);
        MeanScores.Group many = means.group();
        many.add(train.getFirst(), 1_000);
        assertThat(many.means()[0]).isGreaterThan(0.99);
    }

    @Test
    void aFactoredMatrixSolvesItsEquations() {
        double[] solution =
                Cholesky.of(new double[][] {{4, 0, 0}, {2, 5, 0}, {1, 3, 6}})
                        .solve(new double[] {4 + 4 + 3, 2 + 10 + 9, 1 + 6 + 18});
        assertThat(solution).containsExactly(new double[] {1, 2, 3}, CLOSE);
    }

    @Test
    void weightsAreFoundBetweenNothingAndOne() {
        BoundedLeastSquares problem = new BoundedLeastSquares(3);
        Random random = new Random(5);
        for (int i = 0; i < 200; i++) {
            double[] point = random.doubles(3, -1, 1).toArray();
            problem.add(point, 0.7 * point[0] + 1.8 * point[1] - 0.4 * point[2]);
        }
        double[] weights = problem.solve();
        assertThat(weights[0]).isCloseTo(0.7, within(0.1));
        assertThat(weights[1]).isEqualTo(1);
        assertThat(weights[2]).isZero();
    }

    @Test
    void withoutObservationsTheWeightsAreOne() {
        assertThat(new BoundedLeastSquares(4).solve()).containsOnly(1);
    }

    @Test
    void aLinearPolicyLearnsWhoIsGoodWhere() {
        List<Query> train = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            train.add(query(i % 2 == 0 ? "a" : "b", i % 2, 1 - i % 2));
        }
        Forecast forecast = Method.LINEAR.fit(train);
        double[] expected = forecast.of(query("a", Double.NaN, Double.NaN));
        assertThat(expected[1]).isGreaterThan(expected[0] + 0.5);
    }

    @Test
    void aRidgePassesThroughWhatIsWantedAndIsDrawnToNothing() {
        List<Query> queries = List.of(query("a", 1), query("a", 1), query("b", 1));
        double[][] wanted = {{2}, {2}, {Double.NaN}};
        assertThat(Ridge.fit(queries, wanted, 2, 1e-9).of(new float[] {1, 0})[0])
                .isCloseTo(2, within(1e-6));
        Ridge cautious = Ridge.fit(queries, wanted, 2, 2);
        assertThat(cautious.of(new float[] {1, 0})).containsExactly(new double[] {1}, CLOSE);
        assertThat(cautious.of(new float[] {0, 1})).containsExactly(new double[] {0}, CLOSE);
    }

    @Test
    void theBlendFindsWhatCategoriesHide() {
        List<Query> train = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            boolean first = i % 2 == 0;
            RecordedPrompt prompt =
                    new RecordedPrompt(
                            "id",
                            "one",
                            "query " + i,
                            new double[] {first ? 1 : 0, 0.6},
                            new double[2]);
            train.add(new Query(prompt, first ? new float[] {1, 0} : new float[] {0, 1}));
        }
        Blend blend = Blend.fit(train);
        Query first = train.getFirst();
        Query second = train.get(1);
        double[] one = blend.forecast().of(first);
        double[] other = blend.forecast().of(second);
        assertThat(one[0]).isGreaterThan(one[1]);
        assertThat(other[1]).isGreaterThan(other[0]);
    }

    @Test
    void whereCategoriesTellNothingTheBestSingleModelIsChosen() {
        Random random = new Random(1);
        List<Query> train = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            double[] scores = new double[6];
            for (int m = 0; m < scores.length; m++) {
                scores[m] = random.nextDouble() < (m == 0 ? 0.65 : 0.5) ? 1 : 0;
            }
            train.add(ofCategory(i % 12, i, scores));
        }
        for (Method method : List.of(Method.MAPPED, Method.BLEND)) {
            Forecast forecast = method.fit(train);
            for (int c = 0; c < 12; c++) {
                double[] expected = forecast.of(ofCategory(c, 600 + c, new double[6]));
                assertThat(CategoryHead.largest(expected)).as("%s %d", method, c).isZero();
            }
        }
    }

    @Test
    void aFewQueriesOfACategoryThatDiffersAreBelievedTheMoreTheMoreCategoriesDiffer() {
        List<Query> train = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            train.add(query("a", 1, 0));
        }
        for (int i = 0; i < 5; i++) {
            train.add(query("b", 0, 1));
        }
        double[][] means = CategoryMeans.of(train, CategoryHead.fit(train));
        assertThat(means[1][1]).isGreaterThan(means[1][0] + 0.8);
        List<Query> alike = new ArrayList<>();
        for (int i = 0; i < 305; i++) {
            boolean first = i % 10 < 7;
            alike.add(query(i < 300 ? "a" : "b", first ? 1 : 0, first ? 0 : 1));
        }
        alike.add(query("b", 0, 1));
        double[][] same = CategoryMeans.of(alike, CategoryHead.fit(alike));
        assertThat(same[1][0]).isGreaterThan(same[1][1] + 0.3);
    }

    @Test
    void whoWasAskedTheHardQueriesOnlyIsNotTakenForTheWorseOne() {
        Random random = new Random(3);
        List<Query> train = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            boolean hard = i % 2 == 0;
            double level = hard ? 0.3 : 0.8;
            double[] scores = {
                random.nextDouble() < level ? 1 : 0,
                random.nextDouble() < level + 0.15 ? 1 : 0,
                random.nextDouble() < level - 0.1 ? 1 : 0
            };
            scores[hard ? 2 : 1] = Double.NaN;
            train.add(ofCategory(hard ? 0 : 1, i, scores));
        }
        double[] overall = MeanScores.of(train).overall();
        assertThat(overall[1]).isGreaterThan(overall[0]);
        assertThat(overall[0]).isGreaterThan(overall[2]).isCloseTo(0.55, within(0.06));
    }

    @Test
    void whereAllWereAskedEverythingMeansAreMeans() {
        List<Query> train = List.of(query("a", 1, 0.1), query("b", 0, 0.1), query("b", 0.2, 0.1));
        assertThat(Hardness.corrected(train, new double[] {0.4, 0.1}))
                .containsExactly(new double[] {0.4, 0.1}, CLOSE);
        assertThat(MeanScores.of(train).overall()).containsExactly(new double[] {0.4, 0.1}, CLOSE);
    }

    /** A query whose features tell its category and nothing else. */
    private static Query ofCategory(int category, int number, double[] scores) {
        float[] features = new float[12];
        features[category] = 1;
        return new Query(
                new RecordedPrompt("id", "c" + category, "text " + number, scores, scores),
                features);
    }

    private static Query query(String category, double... scores) {
        float[] features = category.equals("a") ? new float[] {1, 0} : new float[] {0, 1};
        return new Query(
                new RecordedPrompt("id", category, category, scores, new double[scores.length]),
                features);
    }
}
