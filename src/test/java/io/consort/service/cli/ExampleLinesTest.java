package io.consort.service.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consort.service.store.Examples.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExampleLinesTest {

    @TempDir private Path folder = Path.of("");

    @Test
    void linesAreReadAndEmptyOnesPassedOver() throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("e.jsonl"),
                        "{\"text\":\" Why? \",\"category\":\"law\",\"more\":1}\n\n{\"category\":\"none\",\"text\":\"Hi\"}\n");
        assertThat(ExampleLines.read(file))
                .containsExactly(new Example(1, "law", "Why?"), new Example(3, "none", "Hi"));
    }

    @Test
    void promptsWithoutLabelsNeedNoCategory() throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("u.jsonl"),
                        "{\"text\":\" Why? \"}\n{\"text\":\"Hi\",\"category\":\"law\"}\n");
        assertThat(ExampleLines.unlabelled(file)).containsExactly("Why?", "Hi");
        Files.writeString(file, "{\"query\":\"Hi\"}\n");
        assertThatThrownBy(() -> ExampleLines.unlabelled(file))
                .hasMessageContaining("u.jsonl:1: `text` is missing; write {\"text\": \"...\"}");
        assertThatThrownBy(() -> ExampleLines.unlabelled(folder.resolve("no")))
                .hasMessageContaining("correct --unlabelled");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{] | e.jsonl:1: this is not JSON",
                "{\"text\":\"x\"} | e.jsonl:1: `text` or `category` is missing; write",
                "'' | is empty; write one JSON object per line",
            })
    void mistakesAreToldWithTheirLine(String line, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("e.jsonl"), line + "\n");
        assertThatThrownBy(() -> ExampleLines.read(file)).hasMessageContaining(message);
        assertThatThrownBy(() -> ExampleLines.read(folder.resolve("no")))
                .hasMessageContaining("correct --examples");
    }
}
