package io.consort.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.service.stage.Client.Reply;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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

    private static final List<String> PIECES =
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
                    "\uFEFF");

    @Test
    void noBodyBreaksTheService() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(20261126);
        int accepted = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] body = mutated(SEEDS.get(random.nextInt(SEEDS.size())), random);
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

    private static byte[] mutated(String seed, RandomGenerator random) {
        byte[] body = seed.getBytes(StandardCharsets.UTF_8);
        int edits = 1 + random.nextInt(3);
        for (int edit = 0; edit < edits; edit++) {
            body =
                    switch (random.nextInt(5)) {
                        case 0 -> Arrays.copyOf(body, random.nextInt(body.length + 1));
                        case 1 -> flipped(body, random);
                        case 2 -> spliced(body, random, 0);
                        case 3 -> spliced(body, random, 1 + random.nextInt(12));
                        default -> doubled(body, random);
                    };
            if (body.length == 0) {
                return body;
            }
        }
        return body;
    }

    private static byte[] flipped(byte[] body, RandomGenerator random) {
        byte[] copy = body.clone();
        copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
        return copy;
    }

    /** Puts a piece in the place of so many bytes. */
    private static byte[] spliced(byte[] body, RandomGenerator random, int removed) {
        byte[] piece = PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
        int at = random.nextInt(body.length);
        int rest = Math.min(body.length, at + removed);
        byte[] copy = new byte[at + piece.length + body.length - rest];
        System.arraycopy(body, 0, copy, 0, at);
        System.arraycopy(piece, 0, copy, at, piece.length);
        System.arraycopy(body, rest, copy, at + piece.length, body.length - rest);
        return copy;
    }

    /** Repeats a stretch of the body. */
    private static byte[] doubled(byte[] body, RandomGenerator random) {
        int from = random.nextInt(body.length);
        int to = from + random.nextInt(body.length - from);
        byte[] copy = new byte[body.length + to - from];
        System.arraycopy(body, 0, copy, 0, to);
        System.arraycopy(body, from, copy, to, body.length - from);
        return copy;
    }
}
