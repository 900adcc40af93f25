package io.consort.router.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.experts.PolicySettings.Learned;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ProspectsTest {

    private final Random random = new Random(5);

    @ParameterizedTest
    @EnumSource(Learned.Method.class)
    void whatIsExpectedLiveIsWhatTheEvaluationExpects(Learned.Method method) {
        Map<String, float[]> embeddings = new HashMap<>();
        List<RecordedPrompt> prompts = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            String text = "question number " + i;
            float[] embedding = {random.nextFloat(), random.nextFloat(), random.nextFloat()};
            embeddings.put(text, embedding);
            double[] scores = {embedding[0], embedding[1], i % 7 == 0 ? Double.NaN : 0.5};
            double[] costs = {0.1, i % 2 == 0 ? 0.2 : Double.NaN, Double.NaN};
            prompts.add(new RecordedPrompt("", i % 3 == 0 ? "a" : "b", text, scores, costs));
        }
        List<ModelFacts> models =
                List.of(ModelFacts.unknown("x"), ModelFacts.unknown("y"), ModelFacts.unknown("z"));
        List<RecordedPrompt> train = prompts.subList(0, 100);
        OutcomeSet set = new OutcomeSet("s", models, train, prompts.subList(100, 120), 0, false);
        Prospects prospects = Prospects.fit(set, method, embeddings);
        Forecast forecast =
                Method.named(method.name().toLowerCase(Locale.ROOT))
                        .fit(
                                train.stream()
                                        .map(prompt -> Query.of(prompt, of(embeddings, prompt)))
                                        .toList());
        for (RecordedPrompt prompt : set.test()) {
            assertThat(prospects.expected(prompt.text(), of(embeddings, prompt)))
                    .isEqualTo(forecast.of(Query.of(prompt, of(embeddings, prompt))));
        }
        assertThat(prospects.models()).containsExactly("x", "y", "z");
        double[] prices = {1, 2, 3};
        boolean[] pool = {true, true, true};
        assertThat(prospects.rate(prices, pool, 3)).isZero();
        assertThat(prospects.rate(prices, pool, 1.2))
                .isPositive()
                .isLessThan(prospects.rate(prices, pool, 1.05));
        assertThat(Prospects.texts(set)).hasSize(100).doesNotHaveDuplicates();
    }

    private static float[] of(Map<String, float[]> embeddings, RecordedPrompt prompt) {
        return embeddings.getOrDefault(prompt.text(), new float[0]);
    }
}
