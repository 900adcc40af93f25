package io.consort.router.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consort.experts.Category;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LabelledFolderTest {

    @TempDir private Path folder;

    @Test
    void labelsBecomeCategoriesWhateverSignsTheyHold() throws IOException {
        write(
                """
                {"text":"a","intent":"reverted_card_payment?"}
                {"text":"b","intent":"été"}
                {"text":"c","intent":"oos"}
                """);
        List<LabelledQuestion> questions = LabelledFolder.read(folder, "train", "intent");
        assertThat(questions)
                .extracting(LabelledQuestion::category)
                .containsExactly("reverted_card_payment-", "x-t-", Category.NONE);
        assertThat(LabelledFolder.catalog(questions).categories()).hasSize(2);
        assertThat(LabelledFolder.catalog(questions).otherExamples()).containsExactly("c");
    }

    @Test
    void aMissingFileOrFieldIsNamed() throws IOException {
        assertThatThrownBy(() -> LabelledFolder.read(folder, "test", "domain"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("test.jsonl.gz is missing");
        write("{\"text\":\"a\"}\n");
        assertThatThrownBy(() -> LabelledFolder.read(folder, "train", "intent"))
                .hasMessageContaining("line 1: `text` and `intent`");
    }

    private void write(String lines) throws IOException {
        try (OutputStream file =
                new GZIPOutputStream(Files.newOutputStream(folder.resolve("train.jsonl.gz")))) {
            file.write(lines.getBytes(StandardCharsets.UTF_8));
        }
    }
}
