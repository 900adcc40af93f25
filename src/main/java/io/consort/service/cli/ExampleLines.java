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

/** Labelled queries in a file, one JSON object per line. */
final class ExampleLines {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ExampleLines() {}

    /**
     * The examples of a file, their lines as ids.
     *
     * @throws IOException naming file, line and remedy
     */
    static List<Example> read(Path file) throws IOException {
        List<Example> examples = new ArrayList<>();
        int number = 0;
        for (String line : lines(file)) {
            number++;
            if (!line.isBlank()) {
                examples.add(example(line, file + ":" + number, number));
            }
        }
        if (examples.isEmpty()) {
            throw new IOException(
                    "%s has no examples; write one JSON object per line".formatted(file));
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

    private static List<String> lines(Path file) throws IOException {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException missing) {
            throw new IOException(
                    "there is no file %s; correct --examples".formatted(file), missing);
        } catch (CharacterCodingException malformed) {
            throw new IOException("%s is not UTF-8; save it as UTF-8".formatted(file), malformed);
        }
    }

    private static Example example(String line, String where, int number) throws IOException {
        try {
            JsonNode json = JSON.readTree(line);
            String text = json.path("text").asText("").strip();
            String category = json.path("category").asText("").strip();
            if (!text.isEmpty() && !category.isEmpty()) {
                return new Example(number, category, text);
            }
        } catch (JsonProcessingException malformed) {
            throw new IOException(
                    "%s: this is not JSON: %s; write {\"text\": \"...\", \"category\": \"...\"}"
                            .formatted(where, malformed.getOriginalMessage()),
                    malformed);
        }
        throw new IOException(
                "%s: `text` or `category` is missing; write {\"text\": \"...\", \"category\": \"...\"}"
                        .formatted(where));
    }
}
