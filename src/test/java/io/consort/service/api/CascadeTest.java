package io.consort.service.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.consort.service.stage.Client;
import io.consort.service.stage.Client.Reply;
import io.consort.service.stage.Stage;
import io.consort.service.store.Ids;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class CascadeTest extends OnStage {

    @Inject DataSource database;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aConfidentAnswerIsGivenWithoutWhatTheClientDidNotAskFor(boolean stream) {
        Reply reply = ask("confident", stream);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("x-consort-expert")).isEqualTo("sure");
        assertThat(reply.header("x-consort-attempts")).isEmpty();
        assertThat(reply.body())
                .contains("Surely", "\"model\":\"sure\"", "\"logprobs\":null")
                .doesNotContain("-0.05");
        assertThat(Stage.upstream().body("sure")).contains("\"logprobs\":true");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ofAnUnsureAnswerNothingReachesTheClient(boolean stream) {
        Reply reply = ask("doubtful", stream);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("x-consort-expert")).isEqualTo("plain");
        assertThat(reply.header("x-consort-attempts")).isEqualTo("2");
        assertThat(reply.header("x-consort-fallback")).isEqualTo("hesitant");
        assertThat(reply.body()).contains("Hello").doesNotContain("Perhaps");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whenNobodyElseAnswersTheUnsureAnswerIsBetterThanNone(boolean stream) {
        Reply reply = ask("stranded", stream);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("x-consort-expert")).isEqualTo("hesitant");
        assertThat(reply.header("x-consort-attempts")).isEqualTo("2");
        assertThat(reply.header("x-consort-fallback")).isEqualTo("down");
        assertThat(reply.body()).contains("Perhaps").doesNotContain("\"error\"");
    }

    @Test
    void anExpertThatRefusesToTellItsProbabilitiesIsPassedOver() {
        assertThat(ask("silent", false).header("x-consort-expert")).isEqualTo("plain");
    }

    @Test
    void samplesThatAgreeAreConfidentAndThoseThatDoNotAreNot() {
        assertThat(ask("agreeing", true).header("x-consort-expert")).isEqualTo("sure");
        assertThat(ask("wavering", false).header("x-consort-expert")).isEqualTo("plain");
    }

    @Test
    void logprobsThatTheClientAskedForStay() {
        Reply reply =
                client().post(CHAT, Client.chat("consort/confident", "x", ",\"logprobs\":true"));
        assertThat(reply.body()).contains("\"logprob\":-0.05");
    }

    @Test
    void bothAnswersArePaidForAndRecorded() throws SQLException {
        Reply reply = ask("doubtful", false);
        String decision = reply.header("x-consort-decision");
        long id = Ids.parse(decision).orElseThrow();
        client().post("/v1/feedback", "{\"completion_id\":\"%s\",\"score\":1}".formatted(decision));
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement(
                                "select d.cost_usd, d.policy_version, a.expert, a.failure, a.message,"
                                        + " a.completion_tokens, a.cost_usd from decisions d join attempts a"
                                        + " on a.decision = d.id where d.id = ?")) {
            select.setLong(1, id);
            try (ResultSet rows = select.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getDouble(1)).isEqualTo(22e-6, within(1e-12));
                assertThat(rows.getString(2)).hasSize(12);
                assertThat(rows.getString(3)).isEqualTo("hesitant");
                assertThat(rows.getString(4)).isEqualTo("UNSURE");
                assertThat(rows.getString(5)).isEqualTo("its confidence was 0.135, below 0.800");
                assertThat(rows.getLong(6)).isEqualTo(2);
                assertThat(rows.getDouble(7)).isEqualTo(11e-6, within(1e-12));
                assertThat(rows.next()).isFalse();
            }
        }
    }

    private Reply ask(String policy, boolean stream) {
        return client().post(
                        CHAT, Client.chat("consort/" + policy, "Why?", ",\"stream\":" + stream));
    }
}
