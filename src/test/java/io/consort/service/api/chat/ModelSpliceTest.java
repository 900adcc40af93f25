package io.consort.service.api.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ModelSpliceTest {

    private final ModelSplice splice = new ModelSplice("abacus");

    private String apply(String json) {
        return splice.apply(new byte[0], json.getBytes(UTF_8), new byte[0]).toString(UTF_8);
    }

    @Test
    void onlyTheTopLevelModelIsReplaced() {
        assertThat(
                        apply(
                                "{\"a\":{\"model\":\"x\"},\"b\":[\"model\"],\"model\" : \"gpt\", \"c\":1.50}"))
                .isEqualTo(
                        "{\"a\":{\"model\":\"x\"},\"b\":[\"model\"],\"model\" : \"abacus\", \"c\":1.50}");
    }

    @Test
    void anObjectWithoutAModelStaysAsItIs() {
        assertThat(apply("{\"id\":\"c1\",\"ü\":null}")).isEqualTo("{\"id\":\"c1\",\"ü\":null}");
    }

    @Test
    void theFirstIdIsRemembered() {
        apply("{\"id\":\"c1\",\"model\":\"x\"}");
        apply("{\"id\":\"c2\",\"model\":\"x\"}");
        assertThat(splice.id()).contains("c1");
    }

    @Test
    void prefixAndSuffixSurroundTheObject() {
        assertThat(
                        splice.apply(
                                        "data: ".getBytes(UTF_8),
                                        "{\"model\":null}".getBytes(UTF_8),
                                        "\n\n".getBytes(UTF_8))
                                .toString(UTF_8))
                .isEqualTo("data: {\"model\":\"abacus\"}\n\n");
    }
}
