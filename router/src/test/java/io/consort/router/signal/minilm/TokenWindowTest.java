package io.consort.router.signal.minilm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TokenWindowTest {

    private TokenWindow window;

    @BeforeEach
    void load() throws IOException {
        try (InputStream json =
                AllMiniLmL6V2QuantizedEmbeddingModel.class.getResourceAsStream(
                        "/all-minilm-l6-v2-q-tokenizer.json")) {
            assertThat(json).isNotNull();
            window = new TokenWindow(Vocabulary.read(json));
        }
    }

    @Test
    void aShortTextIsReadWhole() {
        assertThat(window.tokens("one two three")).containsExactly(101, 2028, 2048, 2093, 102);
        assertThat(window.tokens("one ".repeat(254))).hasSize(256).doesNotContain(100);
    }

    @Test
    void theMiddleOfALongTextIsLeftOut() {
        int[] tokens =
                window.tokens("one ".repeat(400) + "two ".repeat(9_000) + "three ".repeat(400));
        assertThat(tokens).hasSize(256);
        assertThat(Arrays.copyOfRange(tokens, 1, 129)).containsOnly(2028);
        assertThat(Arrays.copyOfRange(tokens, 129, 255)).containsOnly(2093);
    }

    @Test
    void cuttingAgreesWhetherOrNotTheTextIsCountedWhole() {
        String middle = "two ".repeat(300);
        assertThat(window.tokens("one ".repeat(200) + middle + "three ".repeat(200)))
                .isEqualTo(
                        window.tokens(
                                "one ".repeat(200) + middle.repeat(20) + "three ".repeat(200)));
    }

    @Test
    void anyTextFitsTheWindow() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            char[] text = new char[random.nextInt(12_000)];
            for (int i = 0; i < text.length; i++) {
                text[i] = (char) random.nextInt(round % 2 == 0 ? 0x250 : 0x10000);
            }
            int[] tokens = window.tokens(new String(text));
            assertThat(tokens.length).isBetween(2, TokenWindow.LIMIT);
            assertThat(tokens).startsWith(101).endsWith(102);
        }
    }

    @Test
    void twoHundredKilobytesWithoutASpaceAreNoTrouble() {
        assertThat(window.tokens("x".repeat(200_000))).hasSizeLessThan(TokenWindow.LIMIT);
        assertThat(window.tokens(" ".repeat(200_000))).containsExactly(101, 102);
        assertThat(window.tokens("(".repeat(200_000))).hasSize(TokenWindow.LIMIT);
    }
}
