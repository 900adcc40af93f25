package io.consort.router.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.consort.router.FakeEmbedder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SetQualityTest {

    @TempDir private Path folder;

    private final FakeEmbedder embedder = new FakeEmbedder(text -> text.substring(0, 1));

    @Test
    void withoutQueriesOfNoCategoryTheirFiguresAreUnknown() throws IOException {
        SetQuality quality = quality("");
        assertThat(quality.pair().accuracy()).isEqualTo(1);
        assertThat(quality.text()).contains("AUROC -,", "caught -,").doesNotContain("NaN");
        JsonNode json =
                new ObjectMapper()
                        .readTree(FigureJson.mapper().writeValueAsString(quality))
                        .path("pair");
        assertThat(json.path("separation").isNull()).isTrue();
        assertThat(json.path("kept_at_85").isNull()).isTrue();
        assertThat(json.path("accuracy").doubleValue()).isEqualTo(1);
    }

    @Test
    void withThemTheyAreFigures() throws IOException {
        SetQuality quality = quality(line("z", "oos", 0) + line("y", "oos", 1));
        assertThat(quality.pair().separation()).isEqualTo(1);
        JsonNode json = FigureJson.mapper().valueToTree(quality);
        assertThat(json.path("pair").path("separation").doubleValue()).isEqualTo(1);
    }

    private SetQuality quality(String more) throws IOException {
        StringBuilder train = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            train.append(line("a", "first", i)).append(line("b", "second", i));
        }
        write("train", train.toString());
        write("test", line("a", "first", 100) + line("b", "second", 100) + more);
        return SetQuality.of(folder, "intent", embedder, folder.resolve("artefacts"));
    }

    private static String line(String letter, String intent, int number) {
        return "{\"text\":\"%s %d\",\"intent\":\"%s\"}\n".formatted(letter, number, intent);
    }

    private void write(String part, String lines) throws IOException {
        try (OutputStream file =
                new GZIPOutputStream(Files.newOutputStream(folder.resolve(part + ".jsonl.gz")))) {
            file.write(lines.getBytes(StandardCharsets.UTF_8));
        }
    }
}
