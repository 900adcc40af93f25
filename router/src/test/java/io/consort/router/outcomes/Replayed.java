package io.consort.router.outcomes;

import io.consort.router.classify.WordSignal;
import io.consort.router.rule.DescriptionRule;
import java.util.ArrayList;
import java.util.List;

/**
 * The choices that a descriptor policy makes on recorded prompts as {@code eval-router} replays them.
 *
 * @param choices a model per prompt
 * @param bestSingle the model with the best mean score
 * @param rule that was learned
 */
public record Replayed(List<Integer> choices, int bestSingle, DescriptionRule rule) {

    /** Fitted on the prompts, and asked about them. */
    public static Replayed descriptors(
            List<RecordedPrompt> prompts, List<float[]> embeddings, List<float[]> sentences) {
        List<Query> queries = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            queries.add(
                    new Query(
                            prompts.get(i),
                            WordSignal.beside(embeddings.get(i), prompts.get(i).text())));
        }
        Forecast forecast = DescriptorForecast.fit(queries, sentences);
        List<Integer> choices =
                queries.stream().map(query -> CategoryHead.largest(forecast.of(query))).toList();
        return new Replayed(
                choices,
                CategoryHead.largest(MeanScores.of(queries).overall()),
                DescriptorForecast.rule(queries, sentences));
    }
}
