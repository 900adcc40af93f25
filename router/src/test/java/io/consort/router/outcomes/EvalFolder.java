package io.consort.router.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.consort.router.FakeEmbedder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** An outcome set in a folder, and {@code eval-router} run on it with prompts told by their first letter. */
final class EvalFolder {

    static final String POOL =
            """
            [{"name": "poet", "params_b": 7.0, "active_params_b": 7.0, "usd_per_mtok_out": 0.5},
             {"name": "coder", "params_b": 9.0, "active_params_b": 9.0, "usd_per_mtok_out": null}]
            """;

    private final Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    EvalFolder(Path folder) {
        this.folder = folder;
    }

    void write(String models, List<String> lines) throws IOException {
        Files.writeString(folder.resolve("models.json"), models);
        try (Writer writer =
                new OutputStreamWriter(
                        new GZIPOutputStream(
                                Files.newOutputStream(folder.resolve("outcomes.jsonl.gz"))),
                        StandardCharsets.UTF_8)) {
            for (String line : lines) {
                writer.write(line + "\n");
            }
        }
    }

    int run(String... options) {
        out.reset();
        err.reset();
        List<String> args = new ArrayList<>(List.of(folder.toString()));
        args.addAll(List.of(options));
        return EvalRouter.run(
                args,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                () -> new FakeEmbedder(text -> text.isEmpty() ? "verse" : text.substring(0, 1)));
    }

    JsonNode json(String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of(options));
        all.add("--json");
        assertThat(run(all.toArray(String[]::new))).as(err()).isZero();
        return new ObjectMapper().readTree(out());
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** Two thirds code, which the coder answers, and one third verse, which the poet does. */
    static List<String> twoKinds() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 72; i++) {
            String split = i % 3 == 0 ? "test" : "train";
            boolean verse = i / 3 % 3 == 0;
            lines.add(
                    line(
                            split,
                            verse ? "verse" : "code",
                            (verse ? "verse about number " : "code for number ") + i,
                            verse ? "\"poet\": 1, \"coder\": 0" : "\"poet\": 0, \"coder\": 1"));
        }
        return lines;
    }

    static String line(String split, String category, String prompt, String scores) {
        return line(split, category, prompt, scores, "");
    }

    static String line(
            String split, String category, String prompt, String scores, String further) {
        return "{\"split\": \"%s\", \"category\": \"%s\", \"prompt\": \"%s\", \"scores\": {%s}%s}"
                .formatted(split, category, prompt, scores, further);
    }

    static JsonNode row(JsonNode report, String name) {
        for (JsonNode row : report.path("rows")) {
            if (row.path("name").asText().equals(name)) {
                return row;
            }
        }
        throw new AssertionError("no row " + name);
    }

    static double accuracy(JsonNode report, String name) {
        return row(report, name).path("accuracy").asDouble();
    }
}
