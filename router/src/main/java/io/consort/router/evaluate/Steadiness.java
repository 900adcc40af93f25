package io.consort.router.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.consort.experts.Category;
import io.consort.router.Router;
import io.consort.router.classify.Classification;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whether a router of the starter categories decides alike about questions that mean the same.
 *
 * @param questions how many, each in five wordings
 * @param flipped share of the questions that are not placed the same in all wordings
 * @param wordingsRight share of the wordings that are placed right
 * @param languages share of questions placed right, for each language
 * @param refused share of questions placed in none, for each language
 */
public record Steadiness(
        int questions,
        double flipped,
        @JsonProperty("wordings_right") double wordingsRight,
        Map<String, Double> languages,
        Map<String, Double> refused) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Asks the router; blocks for some seconds. */
    public static Steadiness of(Router router) {
        List<JsonNode> questions = rows("wordings.jsonl");
        int flipped = 0;
        int right = 0;
        int asked = 0;
        for (JsonNode question : questions) {
            Set<String> places = new HashSet<>();
            for (JsonNode wording : question.get("wordings")) {
                String placed = placed(router, wording.asText());
                places.add(placed);
                right += placed.equals(question.get("category").asText()) ? 1 : 0;
                asked++;
            }
            flipped += places.size() > 1 ? 1 : 0;
        }
        Map<String, Double> languages = new TreeMap<>();
        Map<String, Double> refused = new TreeMap<>();
        Map<String, Integer> counts = new TreeMap<>();
        List<JsonNode> translated = rows("languages.jsonl");
        translated.forEach(row -> counts.merge(row.get("language").asText(), 1, Integer::sum));
        for (JsonNode row : translated) {
            String language = row.get("language").asText();
            String placed = placed(router, row.get("text").asText());
            double share = 1.0 / counts.getOrDefault(language, 1);
            boolean found = placed.equals(row.get("category").asText());
            languages.merge(language, found ? share : 0, Double::sum);
            refused.merge(language, placed.equals(Category.NONE) ? share : 0, Double::sum);
        }
        return new Steadiness(
                questions.size(),
                flipped / (double) questions.size(),
                right / (double) asked,
                languages,
                refused);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        text.append(
                String.format(
                        Locale.ROOT,
                        "%d questions in five wordings: %.1f %% of the questions are not placed alike in"
                                + " all, %.1f %% of the wordings are placed right%n",
                        questions,
                        100 * flipped,
                        100 * wordingsRight));
        languages.forEach((language, share) ->
                text.append(
                        String.format(
                                Locale.ROOT,
                                "  %-12s %5.0f %% placed right, %3.0f %% refused%n",
                                language,
                                100 * share,
                                100 * refused.getOrDefault(language, 0.0))));
        return text.toString();
    }

    private static String placed(Router router, String text) {
        Classification classification = router.classify(text).toCompletableFuture().join();
        return classification.abstained()
                ? Category.NONE
                : classification.top().map(Classification.Ranked::category).orElse(Category.NONE);
    }

    private static List<JsonNode> rows(String resource) {
        List<JsonNode> rows = new ArrayList<>();
        try (InputStream stream = Steadiness.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IOException(
                        "the router's file " + resource + " is not on the class path");
            }
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                rows.add(JSON.readTree(line));
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
