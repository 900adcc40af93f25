package io.consort.router.outcomes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Reads a folder with {@code models.json} and {@code outcomes.jsonl.gz}. */
final class OutcomeFiles {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OUTCOMES = "outcomes.jsonl.gz";

    private final List<ModelFacts> models = new ArrayList<>();
    private final Map<String, Integer> index = new LinkedHashMap<>();
    private final List<RecordedPrompt> train = new ArrayList<>();
    private final List<RecordedPrompt> test = new ArrayList<>();
    private int unscored;

    private OutcomeFiles() {}

    /**
     * The outcome set in a folder.
     *
     * @throws OutcomeSetException when it is none
     */
    static OutcomeSet read(Path folder) throws IOException {
        for (String file : List.of("models.json", OUTCOMES)) {
            if (!Files.isRegularFile(folder.resolve(file))) {
                throw new OutcomeSetException(
                        "%s is not an outcome set: it has no file %s".formatted(folder, file));
            }
        }
        OutcomeFiles files = new OutcomeFiles();
        files.readModels(folder.resolve("models.json"));
        files.readOutcomes(folder.resolve(OUTCOMES));
        files.refuseEmpty("train", files.train);
        files.refuseEmpty("test", files.test);
        Path name = folder.toAbsolutePath().normalize().getFileName();
        return new OutcomeSet(
                name == null ? "/" : name.toString(),
                files.models,
                files.train,
                files.test,
                files.unscored);
    }

    private void readModels(Path file) throws IOException {
        JsonNode list = parse(Files.readString(file), "models.json");
        if (!list.isArray() || list.isEmpty()) {
            throw new OutcomeSetException("models.json must be a list of at least one model");
        }
        for (JsonNode model : list) {
            String name = model.path("name").asText("");
            if (name.isEmpty() || index.put(name, models.size()) != null) {
                throw new OutcomeSetException(
                        "models.json: every model needs a name of its own, but one is '%s'"
                                .formatted(name));
            }
            models.add(
                    new ModelFacts(
                            name,
                            model.path("active_params_b").asDouble(Double.NaN),
                            model.path("usd_per_mtok_out").asDouble(Double.NaN)));
        }
    }

    private void readOutcomes(Path file) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(file)),
                                StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    readOutcome(line, OUTCOMES + " line " + number);
                }
            }
        }
    }

    private void readOutcome(String line, String where) throws IOException {
        JsonNode row = parse(line, where);
        if (!row.path("prompt").isTextual()) {
            throw new OutcomeSetException(where + ": 'prompt' must be a text");
        }
        if (!row.path("scores").isObject()) {
            throw new OutcomeSetException(where + ": 'scores' must map models to numbers");
        }
        RecordedPrompt prompt =
                new RecordedPrompt(
                        row.path("id").asText(where),
                        row.path("category").asText(""),
                        row.path("prompt").asText(),
                        scores(row.path("scores"), where),
                        costs(row));
        List<RecordedPrompt> split =
                switch (row.path("split").asText("")) {
                    case "train" -> train;
                    case "test" -> test;
                    default ->
                            throw new OutcomeSetException(
                                    where + ": 'split' must be \"train\" or \"test\"");
                };
        if (prompt.scored()) {
            split.add(prompt);
        } else {
            unscored++;
        }
    }

    private double[] scores(JsonNode recorded, String where) throws IOException {
        double[] scores = unknown();
        for (Map.Entry<String, JsonNode> entry : recorded.properties()) {
            Integer model = index.get(entry.getKey());
            if (model == null) {
                throw new OutcomeSetException(
                        "%s: the model '%s' is not in models.json; add it there"
                                .formatted(where, entry.getKey()));
            }
            if (entry.getValue().isNull()) {
                continue;
            }
            double score = entry.getValue().asDouble(Double.NaN);
            if (!(score >= 0 && score <= 1)) {
                throw new OutcomeSetException(
                        "%s: the score of '%s' is %s; it must be a number from 0 to 1, or null"
                                .formatted(where, entry.getKey(), entry.getValue()));
            }
            scores[model] = score;
        }
        return scores;
    }

    /** As recorded; else, where the tokens were, at the list price. */
    private double[] costs(JsonNode row) {
        double[] costs = unknown();
        for (int m = 0; m < costs.length; m++) {
            ModelFacts model = models.get(m);
            double tokens = row.path("tokens").path(model.name()).asDouble(Double.NaN);
            costs[m] =
                    row.path("cost_usd")
                            .path(model.name())
                            .asDouble(tokens * model.usdPerMtokOut() / 1e6);
        }
        return costs;
    }

    private double[] unknown() {
        double[] values = new double[models.size()];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    private void refuseEmpty(String split, List<RecordedPrompt> prompts)
            throws OutcomeSetException {
        if (prompts.isEmpty()) {
            throw new OutcomeSetException(
                    "%s has no scored line of the split '%s'; policies are fitted on train, judged on test"
                            .formatted(OUTCOMES, split));
        }
    }

    private static JsonNode parse(String text, String where) throws IOException {
        try {
            JsonNode node = JSON.readTree(text);
            if (node == null) {
                throw new OutcomeSetException(where + " is empty");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw new OutcomeSetException(
                    "%s is not JSON: %s".formatted(where, e.getOriginalMessage()));
        }
    }
}
