package io.consort.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.service.stage.Client;
import io.consort.service.stage.Client.Reply;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class FallbackTest extends OnStage {

    private static final String WEATHER = "How strong is the wind at the coast?";
    private static final String COOKING = "How long do I boil an egg?";

    @Test
    void theNextExpertAnswersWhenTheFirstCannot() {
        for (String stream : new String[] {"false", "true"}) {
            Reply reply =
                    client().post(CHAT, Client.chat("auto", WEATHER, ",\"stream\":" + stream));
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body()).contains("Hello", "\"model\":\"plain\"");
        }
    }

    @Test
    void afterTheFirstByteNobodyElseIsAsked() {
        Reply reply = client().post(CHAT, Client.chat("auto", COOKING, ",\"stream\":true"));
        assertThat(reply.header("x-consort-expert")).isEqualTo("breaks");
        assertThat(reply.body()).contains("Hel").contains("\"error\"").doesNotContain("Hello");
    }

    @Test
    void whenNobodyCanAnswerTheErrorTellsOfEverybody() {
        Reply reply = client().post(CHAT, Client.chat("down", "x", ""));
        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.error().path("code").asText()).isEqualTo("expert_unreachable");
        assertThat(reply.error().path("message").asText()).contains("down");
    }

    @Test
    void anExpertWithABrokenCheckpointFailsAloneAndKeepsItsFilesToTheLog() {
        Reply reply = client().post(CHAT, Client.chat("spoiled", "x", ""));
        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.error().path("code").asText()).isEqualTo("expert_unreachable");
        assertThat(reply.error().path("message").asText())
                .contains("spoiled", "log")
                .doesNotContain("nowhere.gguf");
        assertThat(client().post(CHAT, Client.chat("plain", "x", "")).status()).isEqualTo(200);
    }
}
