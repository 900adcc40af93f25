package io.consort.runtime.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consort.runtime.weights.CheckpointException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HuggingFaceTokenizerTest {

    private static final List<String> TEXTS =
            List.of(
                    "hello a world",
                    "two  spaces, tabs\tand\nlines",
                    "ümläut € \uD83D\uDE00 日本語",
                    " leading and trailing ");

    @TempDir Path folder;

    @Test
    void byteLevelTextComesBackAsItWentIn() {
        TestTokenizers.writeByteLevel(folder);
        try (Tokenizer tokenizer = HuggingFaceTokenizer.open(folder)) {
            assertThat(TEXTS)
                    .allSatisfy(text -> assertThat(decoded(tokenizer, text)).isEqualTo(text));
            assertThat(tokenizer.stripsLeadingSpace()).isFalse();
        }
    }

    @Test
    void sentencePieceTextComesBackAsItWentInWithBytesForUnknownCharacters() {
        TestTokenizers.writeMetaspace(folder);
        try (Tokenizer tokenizer = HuggingFaceTokenizer.open(folder)) {
            assertThat(List.of("hello a world", "Ümläut \uD83D\uDE00, 9"))
                    .allSatisfy(text -> assertThat(decoded(tokenizer, text)).isEqualTo(" " + text));
            assertThat(tokenizer.stripsLeadingSpace()).isTrue();
            assertThat(tokenizer.encode("b").length).isLessThan(tokenizer.encode("\u00DC").length);
        }
    }

    @Test
    void specialTextsBecomeSpecialTokensWhichSayNothing() {
        TestTokenizers.writeByteLevel(folder);
        try (Tokenizer tokenizer = HuggingFaceTokenizer.open(folder)) {
            assertThat(tokenizer.encode("<|user|>a<|bot|>")).containsExactly(258, 'a', 259);
            assertThat(tokenizer.specialTexts()).hasSameElementsAs(TestTokenizers.SPECIALS);
            assertThat(tokenizer.bytes(258)).isEmpty();
            assertThat(tokenizer.bytes(100_000)).isEmpty();
            assertThat(tokenizer.bytes(-1)).isEmpty();
        }
    }

    @Test
    void aLongPromptIsNotCut() {
        TestTokenizers.writeByteLevel(folder);
        try (Tokenizer tokenizer = HuggingFaceTokenizer.open(folder)) {
            assertThat(tokenizer.encode("a".repeat(20_000))).hasSize(20_000);
        }
    }

    @Test
    void aMissingOrBrokenTokenizerIsRefusedWithFileAndRemedy() throws IOException {
        assertThatThrownBy(() -> HuggingFaceTokenizer.open(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("tokenizer.json")
                .hasMessageContaining("missing")
                .hasMessageContaining("add the tokenizer.json");
        for (String broken : List.of("{", "[]", "{\"model\":{\"type\":\"Odd\",\"vocab\":5}}")) {
            Files.writeString(folder.resolve("tokenizer.json"), broken);
            assertThatThrownBy(() -> HuggingFaceTokenizer.open(folder))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("tokenizer.json")
                    .hasMessageContaining("fetch it again");
        }
    }

    private static String decoded(Tokenizer tokenizer, String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int token : tokenizer.encode(text)) {
            bytes.writeBytes(tokenizer.bytes(token));
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
