package io.consort.router.evaluate;

import static io.consort.router.Catalogs.MAPPED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.consort.experts.Catalog;
import io.consort.experts.Category;
import io.consort.router.Catalogs;
import io.consort.router.Router;
import io.consort.router.signal.Embedder;
import io.consort.router.signal.minilm.MiniLmEmbedder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The starter experts' examples against questions that people worded otherwise. */
final class QualityTest {

    @TempDir private Path folder;

    @Test
    void questionsInOtherWordsFindTheirCategoryAndOthersFindNone() throws IOException {
        try (Embedder embedder = MiniLmEmbedder.open()) {
            Router router = Router.open(starters(), embedder, folder);
            Report report = Evaluation.of(router, questions(), MAPPED.abstainBelow());
            assertThat(report.questions()).isEqualTo(90);
            assertThat(report.firstRanked()).as(report.text()).isGreaterThanOrEqualTo(0.95);
            assertThat(report.falseAbstention()).as(report.text()).isLessThanOrEqualTo(0.10);
            assertThat(report.abstentionRecall()).as(report.text()).isGreaterThanOrEqualTo(0.90);
            assertThat(report.separation()).as(report.text()).isGreaterThanOrEqualTo(0.97);
            assertThat(report.calibrationError()).as(report.text()).isLessThanOrEqualTo(0.10);
        }
    }

    private static Catalog starters() throws IOException {
        List<Category> categories = new ArrayList<>();
        for (String id : List.of("arithmetic", "words", "facts")) {
            categories.add(new Category(id, id, examples(id)));
        }
        return Catalogs.of(categories, examples(Category.NONE));
    }

    private static List<String> examples(String id) throws IOException {
        return Files.readAllLines(
                Path.of(System.getProperty("consort.root"), "experts/starter/examples")
                        .resolve(id + ".txt"));
    }

    private static List<LabelledQuestion> questions() throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<LabelledQuestion> questions = new ArrayList<>();
        try (InputStream stream =
                QualityTest.class.getResourceAsStream("/io/consort/router/questions.jsonl")) {
            assertThat(stream).isNotNull();
            Stream<String> lines =
                    new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
                            .lines();
            for (String line : lines.toList()) {
                JsonNode question = json.readTree(line);
                questions.add(
                        new LabelledQuestion(
                                question.get("text").asText(), question.get("category").asText()));
            }
        }
        return questions;
    }
}
