package io.consort.service.cascade;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BodyFieldsTest {

    @Test
    void aFieldIsReplacedOrAddedAndTheRestStays() {
        assertThat(set("{ \"a\" : 1.50, \"seed\": 7 ,\"b\":[{}]}", Map.of("seed", "8")))
                .isEqualTo("{ \"a\" : 1.50, \"seed\": 8 ,\"b\":[{}]}");
        assertThat(set("\n{\"a\":1}", Map.of("logprobs", "true")))
                .isEqualTo("\n{\"logprobs\":true,\"a\":1}");
        assertThat(set("{\"logprobs\":false,\"a\":{\"logprobs\":0}}", Map.of("logprobs", "true")))
                .isEqualTo("{\"logprobs\":true,\"a\":{\"logprobs\":0}}");
    }

    private static String set(String body, Map<String, String> fields) {
        return new String(BodyFields.set(body.getBytes(UTF_8), fields), UTF_8);
    }
}
