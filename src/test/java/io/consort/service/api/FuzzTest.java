package io.consort.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.service.chaos.Mutations;
import io.consort.service.stage.Client.Reply;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** Bodies that nobody would write on purpose: whatever comes, the client is told and nothing breaks. */
@QuarkusTest
class FuzzTest extends OnStage {

    private static final int ROUNDS = 3_000;

    private static final List<String> SEEDS =
            List.of(
                    "{\"model\":\"plain\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}],\"temperature\":0.5,\"n\":2,\"stop\":[\"a\",\"b\"],\"seed\":7}",
                    "{\"model\":\"consort/steady\",\"messages\":[{\"role\":\"system\",\"content\":\"be brief\"},{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"h\\u00fc\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:x\"}}]}],\"stream\":false,\"logprobs\":true,\"top_logprobs\":3}",
                    "{\"model\":\"plain\",\"messages\":[{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"1\"}],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],\"response_format\":{\"type\":\"json_object\"}}");

    private static final Mutations DAMAGES =
            new Mutations(
                    List.of(
                            "null",
                            "true",
                            "-1",
                            "1e999",
                            "1e-999",
                            "99999999999999999999",
                            "\"\"",
                            "[]",
                            "{}",
                            "[[",
                            "{\"",
                            "\\u0000",
                            "\\ud800",
                            "\u0000",
                            "\"",
                            ",",
                            ":",
                            "}",
                            "]",
                            "NaN",
                            "'",
                            "/*",
                            "\uFEFF"));

    @Test
    void noBodyBreaksTheService() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(20261126);
        int accepted = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String seed = SEEDS.get(random.nextInt(SEEDS.size()));
            byte[] body = DAMAGES.of(seed.getBytes(StandardCharsets.UTF_8), random);
            Reply reply = client().post(CHAT, body);
            String shown = "%d: %s".formatted(round, new String(body, StandardCharsets.UTF_8));
            assertThat(reply.status()).as(shown).isLessThan(500);
            if (reply.status() == 200) {
                accepted++;
            } else {
                assertThat(reply.error().path("message").asText()).as(shown).isNotBlank();
                assertThat(reply.body()).as(shown).doesNotContain("Exception", "\\tat ");
            }
        }
        assertThat(accepted).as("mutations leave some bodies valid").isBetween(1, ROUNDS - 1);
    }
}
