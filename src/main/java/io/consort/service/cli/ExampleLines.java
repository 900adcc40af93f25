package io.consort.service.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.consort.experts.Catalog;
import io.consort.experts.Category;
import io.consort.service.store.Examples.Example;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Queries in a file, labelled or not, one JSON object per line. */
final class ExampleLines {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ExampleLines() {}

    /**
     * The examples of a file, their lines as ids.
     *
     * @throws IOException naming file, line and remedy
     */
    static List<Example> read(Path file) throws IOException {
        return read(file, "--examples", true);
    }

    /**
     * The texts of a file of prompts without labels.
     *
     * @throws IOException naming file, line and remedy
     */
    static List<String> unlabelled(Path file) throws IOException {
        return read(file, "--unlabelled", false).stream().map(Example::query).toList();
    }

    private static List<Example> read(Path file, String option, boolean labelled)
            throws IOException {
        List<Example> examples = new ArrayList<>();
        int number = 0;
        for (String line : lines(file, option)) {
            number++;
            if (!line.isBlank()) {
                examples.add(example(line, file + ":" + number, number, labelled));
            }
        }
        if (examples.isEmpty()) {
            throw new IOException(
                    "%s is empty; write one JSON object per line: %s"
                            .formatted(file, form(labelled)));
        }
        return examples;
    }

    /**
     * Checks that every example has a category of the catalog, or none.
     *
     * @throws IOException naming the first that has not
     */
    static void requireCategories(Catalog catalog, List<Example> examples) throws IOException {
        List<String> known =
                Stream.concat(
                                catalog.categories().stream().map(Category::id),
                                Stream.of(Category.NONE))
                        .toList();
        for (Example example : examples) {
            if (!known.contains(example.category())) {
                throw new IOException(
                        "line %d: there is no category \"%s\"; use one of: %s"
                                .formatted(
                                        example.id(),
                                        example.category(),
                                        String.join(", ", known)));
            }
        }
    }

    private static List<String> lines(Path file, String option) throws IOException {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException missing) {
            throw new IOException(
                    "there is no file %s; correct %s".formatted(file, option), missing);
        } catch (CharacterCodingException malformed) {
            throw new IOException("%s is not UTF-8; save it as UTF-8".formatted(file), malformed);
        }
    }

    private static Example example(String line, String where, int number, boolean labelled)
            throws IOException {
        try {
            JsonNode json = JSON.readTree(line);
            String text = json.path("text").asText("").strip();
            String category = labelled ? json.path("category").asText("").strip() : Category.NONE;
            if (!text.isEmpty() && !category.isEmpty()) {
                return new Example(number, category, text);
            }
        } catch (JsonProcessingException malformed) {
            throw new IOException(
                    "%s: this is not JSON: %s; write %s"
                            .formatted(where, malformed.getOriginalMessage(), form(labelled)),
                    malformed);
        }
        throw new IOException(
                "%s: %s is missing; write %s"
                        .formatted(
                                where,
                                labelled ? "`text` or `category`" : "`text`",
                                form(labelled)));
    }

    private static String form(boolean labelled) {
        return labelled ? "{\"text\": \"...\", \"category\": \"...\"}" : "{\"text\": \"...\"}";
    }
}
