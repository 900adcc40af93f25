package io.consort.router.outcomes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes recorded prompts of the lines of {@code outcomes.jsonl.gz}. */
final class OutcomeLines {

    private static final int CLIP = 8_192;

    private final List<ModelFacts> models;
    private final Map<String, Integer> index = new HashMap<>();

    /**
     * A prompt and the part that its line puts it in.
     *
     * @param split "train" or "test"; empty where the line has none
     */
    record Line(RecordedPrompt prompt, Optional<String> split) {}

    OutcomeLines(List<ModelFacts> models) {
        this.models = models;
        for (int m = 0; m < models.size(); m++) {
            index.put(models.get(m).name(), m);
        }
    }

    /**
     * What a line says.
     *
     * @param where names the line in messages
     * @throws OutcomeSetException when it is not an outcome
     */
    Line read(String line, String where) throws OutcomeSetException {
        JsonNode row = SetJson.parse(line, where);
        if (!row.path("prompt").isTextual()) {
            throw new OutcomeSetException(where + ": 'prompt' must be a text");
        }
        if (!row.path("scores").isObject()) {
            throw new OutcomeSetException(where + ": 'scores' must map models to numbers");
        }
        for (String key : List.of("cost_usd", "tokens", "logprobs")) {
            if (row.hasNonNull(key) && !row.path(key).isObject()) {
                throw new OutcomeSetException(
                        "%s: '%s' must map models to numbers".formatted(where, key));
            }
        }
        return new Line(
                new RecordedPrompt(
                        row.hasNonNull("id") ? row.path("id").asText() : where,
                        row.hasNonNull("category") ? row.path("category").asText() : "",
                        clipped(row.path("prompt").asText()),
                        scores(row.path("scores"), where),
                        costs(row, where),
                        confidences(row.path("logprobs"), where),
                        row.path("ood").asBoolean(false)),
                split(row, where));
    }

    private static Optional<String> split(JsonNode row, String where) throws OutcomeSetException {
        if (!row.hasNonNull("split")) {
            return Optional.empty();
        }
        String split = row.path("split").asText();
        if (!split.equals("train") && !split.equals("test")) {
            throw new OutcomeSetException(
                    "%s: 'split' must be \"train\" or \"test\", not %s"
                            .formatted(where, row.path("split")));
        }
        return Optional.of(split);
    }

    private double[] scores(JsonNode recorded, String where) throws OutcomeSetException {
        double[] scores = Figures.unknown(models.size());
        for (Map.Entry<String, JsonNode> entry : recorded.properties()) {
            Integer model = index.get(entry.getKey());
            if (model == null) {
                throw new OutcomeSetException(
                        "%s: the model '%s' is not in models.json; add it there"
                                .formatted(where, entry.getKey()));
            }
            scores[model] =
                    SetJson.figure(
                            recorded,
                            entry.getKey(),
                            0,
                            1,
                            "%s: the score of '%s'".formatted(where, entry.getKey()));
        }
        return scores;
    }

    /** As recorded; else, where the tokens were, at the list price. */
    private double[] costs(JsonNode row, String where) throws OutcomeSetException {
        double[] costs = Figures.unknown(models.size());
        for (int m = 0; m < costs.length; m++) {
            String name = models.get(m).name();
            double cost = amount(row, "cost_usd", name, where + ": the cost");
            double tokens = amount(row, "tokens", name, where + ": the number of tokens");
            costs[m] = Double.isNaN(cost) ? tokens * models.get(m).usdPerMtokOut() / 1e6 : cost;
        }
        return costs;
    }

    private static double amount(JsonNode row, String key, String model, String what)
            throws OutcomeSetException {
        return SetJson.figure(
                row.path(key),
                model,
                0,
                Double.POSITIVE_INFINITY,
                "%s of '%s'".formatted(what, model));
    }

    private double[] confidences(JsonNode recorded, String where) throws OutcomeSetException {
        double[] confidences = Figures.unknown(models.size());
        for (int m = 0; m < confidences.length; m++) {
            String name = models.get(m).name();
            confidences[m] =
                    SetJson.figure(
                            recorded,
                            name,
                            Double.NEGATIVE_INFINITY,
                            0,
                            "%s: the log-probability of '%s'".formatted(where, name));
        }
        return confidences;
    }

    /** Policies read no more than the beginning and the end of a prompt. */
    private static String clipped(String prompt) {
        return prompt.length() <= 2 * CLIP
                ? prompt
                : prompt.substring(0, CLIP) + prompt.substring(prompt.length() - CLIP);
    }
}
