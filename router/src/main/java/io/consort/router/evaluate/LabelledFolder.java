package io.consort.router.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.consort.experts.Catalog;
import io.consort.experts.Category;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * A folder with {@code train.jsonl.gz} and {@code test.jsonl.gz}: a JSON object per line with a
 * {@code text} and its labels. The label {@code oos} stands for no category.
 */
final class LabelledFolder {

    private static final String OUT_OF_SCOPE = "oos";
    private static final int LONGEST_ID = 63;
    private static final ObjectMapper JSON = new ObjectMapper();

    private LabelledFolder() {}

    /**
     * The questions of a part.
     *
     * @param label the field that holds the category: {@code intent} or {@code domain}
     * @throws IOException where the file is missing or damaged; the message names file, line and
     *     field
     */
    static List<LabelledQuestion> read(Path folder, String part, String label) throws IOException {
        Path file = folder.resolve(part + ".jsonl.gz");
        if (!Files.isRegularFile(file)) {
            throw new IOException(
                    "%s is missing; it needs a JSON object with `text` and `%s` per line"
                            .formatted(file, label));
        }
        List<LabelledQuestion> questions = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(file)),
                                StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                JsonNode row = JSON.readTree(line);
                String category = row.path(label).asText();
                String text = row.path("text").asText();
                if (category.isBlank() || text.isBlank()) {
                    throw new IOException(
                            "%s, line %d: `text` and `%s` must not be empty"
                                    .formatted(file, number, label));
                }
                questions.add(
                        new LabelledQuestion(
                                text,
                                category.equals(OUT_OF_SCOPE) ? Category.NONE : id(category)));
            }
        }
        return questions;
    }

    /** A label as a category's id: signs that an id may not hold become hyphens. */
    private static String id(String label) {
        StringBuilder id = new StringBuilder(label);
        for (int i = 0; i < id.length(); i++) {
            char sign = id.charAt(i);
            boolean plain = sign < 128 && Character.isLetterOrDigit(sign);
            if (!plain && "._:-".indexOf(sign) < 0) {
                id.setCharAt(i, '-');
            }
        }
        boolean begins = id.charAt(0) < 128 && Character.isLetterOrDigit(id.charAt(0));
        String whole = begins ? id.toString() : "x" + id;
        return whole.substring(0, Math.min(LONGEST_ID, whole.length()));
    }

    /** A catalog whose categories have these questions as examples. */
    static Catalog catalog(List<LabelledQuestion> questions) {
        Map<String, List<String>> texts = new TreeMap<>();
        for (LabelledQuestion question : questions) {
            texts.computeIfAbsent(question.category(), _ -> new ArrayList<>()).add(question.text());
        }
        List<String> others = texts.getOrDefault(Category.NONE, List.of());
        List<Category> categories =
                texts.entrySet().stream()
                        .filter(entry -> !entry.getKey().equals(Category.NONE))
                        .map(entry ->
                                new Category(entry.getKey(), entry.getKey(), entry.getValue()))
                        .toList();
        return new Catalog(1, categories, others, List.of(), Map.of(), List.of());
    }
}
