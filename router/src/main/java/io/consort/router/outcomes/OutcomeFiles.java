package io.consort.router.outcomes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads a folder with {@code models.json} and {@code outcomes.jsonl.gz}. */
final class OutcomeFiles {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OUTCOMES = "outcomes.jsonl.gz";
    private static final int CLIP = 8_192;

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
                            figure(model, "params_b", name),
                            figure(model, "active_params_b", name),
                            figure(model, "usd_per_mtok_out", name),
                            figure(model, "latency_ms", name),
                            figure(model, "device_bytes", name)));
        }
    }

    private static double figure(JsonNode model, String key, String name)
            throws OutcomeSetException {
        double figure = model.path(key).asDouble(Double.NaN);
        if (figure < 0 || Double.isInfinite(figure)) {
            throw new OutcomeSetException(
                    "models.json: '%s' of '%s' is %s; it must be 0 or more, or null"
                            .formatted(key, name, model.path(key)));
        }
        return figure;
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
        } catch (ZipException | EOFException e) {
            throw new OutcomeSetException(
                    "%s is not whole or not compressed by gzip (%s); write it anew"
                            .formatted(OUTCOMES, e.getMessage()));
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
                        clipped(row.path("prompt").asText()),
                        scores(row.path("scores"), where),
                        costs(row, where),
                        confidences(row),
                        row.path("ood").asBoolean(false));
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
        double[] scores = Figures.unknown(models.size());
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
    private double[] costs(JsonNode row, String where) throws OutcomeSetException {
        double[] costs = Figures.unknown(models.size());
        for (int m = 0; m < costs.length; m++) {
            ModelFacts model = models.get(m);
            double tokens = row.path("tokens").path(model.name()).asDouble(Double.NaN);
            costs[m] =
                    row.path("cost_usd")
                            .path(model.name())
                            .asDouble(tokens * model.usdPerMtokOut() / 1e6);
            if (costs[m] < 0 || Double.isInfinite(costs[m])) {
                throw new OutcomeSetException(
                        "%s: the cost of '%s' is %s; it must be 0 or more, or null"
                                .formatted(where, model.name(), costs[m]));
            }
        }
        return costs;
    }

    private double[] confidences(JsonNode row) {
        double[] confidences = Figures.unknown(models.size());
        for (int m = 0; m < confidences.length; m++) {
            confidences[m] = row.path("logprobs").path(models.get(m).name()).asDouble(Double.NaN);
        }
        return confidences;
    }

    /** Policies read no more than the beginning and the end of a prompt. */
    private static String clipped(String prompt) {
        return prompt.length() <= 2 * CLIP
                ? prompt
                : prompt.substring(0, CLIP) + prompt.substring(prompt.length() - CLIP);
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
