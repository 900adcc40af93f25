package io.consort.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.service.stage.Client;
import io.consort.service.stage.Client.Reply;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class HeadersTest extends OnStage {

    @Test
    void everyAnswerSaysWhoAnsweredAndWhatItCost() {
        for (String stream : new String[] {"false", "true"}) {
            Reply reply =
                    client().post(
                                    CHAT,
                                    Client.chat("consort/steady", "x", ",\"stream\":" + stream));
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("x-consort-decision")).startsWith("dec_");
            assertThat(reply.header("x-consort-expert")).isEqualTo("plain");
            assertThat(reply.header("x-consort-category")).isEqualTo("none");
            assertThat(reply.header("x-consort-policy")).isEqualTo("steady");
            assertThat(reply.header("x-consort-overhead-ms")).matches("\\d+\\.\\d{3}");
            assertThat(reply.header("x-consort-attempts")).isEmpty();
            assertThat(reply.header("x-consort-fallback")).isEmpty();
        }
    }

    @Test
    void anExpertThatIsNamedIsAskedDirectly() {
        Reply reply = client().post(CHAT, Client.chat("plain", "x", ""));
        assertThat(reply.header("x-consort-policy")).isEqualTo("direct");
    }

    @Test
    void failedAttemptsAreCounted() {
        Reply reply =
                client().post(CHAT, Client.chat("auto", "Will it rain tomorrow in Berlin?", ""));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("x-consort-category")).isEqualTo("weather");
        assertThat(reply.header("x-consort-expert")).isEqualTo("plain");
        assertThat(reply.header("x-consort-attempts")).isEqualTo("3");
        assertThat(reply.header("x-consort-fallback")).isEqualTo("down");
    }

    @Test
    void everyDecisionHasAnIdOfItsOwn() {
        String first =
                client().post(CHAT, Client.chat("plain", "x", "")).header("x-consort-decision");
        String second =
                client().post(CHAT, Client.chat("plain", "x", "")).header("x-consort-decision");
        assertThat(first).isNotEqualTo(second);
    }
}
