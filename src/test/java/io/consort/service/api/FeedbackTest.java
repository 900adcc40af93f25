package io.consort.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.service.stage.Client;
import io.consort.service.stage.Client.Reply;
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
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class FeedbackTest extends OnStage {

    private static final String FEEDBACK = "/v1/feedback";

    @Inject DataSource database;

    @Test
    void anOpinionJoinsTheDecisionOfTheAnswerItNames() throws SQLException {
        Reply answer = client().post(CHAT, Client.chat("plain", "x", ""));
        String completion = answer.json().path("id").asText();
        Reply reply =
                client().post(
                                FEEDBACK,
                                "{\"completion_id\":\"%s\",\"label\":\"good\",\"comment\":\"ü\"}"
                                        .formatted(completion));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(count(answer)).isEqualTo(1);
    }

    @Test
    void theDecisionsIdNamesTheAnswerAsWell() throws SQLException {
        Reply answer = client().post(CHAT, Client.chat("plain", "x", ""));
        Reply reply =
                client().post(
                                FEEDBACK,
                                "{\"completion_id\":\"%s\",\"score\":0.5}"
                                        .formatted(answer.header("x-consort-decision")));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(count(answer)).isEqualTo(1);
    }

    @Test
    void anAnswerOfTheServiceItselfCanBeJudged() {
        Reply answer = client().post(CHAT, Client.chat("auto", "", ""));
        Reply reply =
                client().post(
                                FEEDBACK,
                                "{\"completion_id\":\"%s\",\"score\":0}"
                                        .formatted(answer.json().path("id").asText()));
        assertThat(reply.status()).isEqualTo(200);
    }

    @Test
    void anUnknownCompletionIsNotFound() {
        for (String id : new String[] {"chatcmpl-nobody", "dec_zzz", "dec_!"}) {
            Reply reply =
                    client().post(FEEDBACK, "{\"completion_id\":\"%s\",\"score\":1}".formatted(id));
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.error().path("param").asText()).isEqualTo("completion_id");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "completion_id | {\"score\":1}",
                "completion_id | {\"completion_id\":5,\"score\":1}",
                "score         | {\"completion_id\":\"x\"}",
                "score         | {\"completion_id\":\"x\",\"score\":2}",
                "label         | {\"completion_id\":\"x\",\"label\":[]}",
            })
    void whatCannotBeKeptIsNamed(String param, String body) {
        Reply reply = client().post(FEEDBACK, body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error().path("param").asText()).isEqualTo(param);
    }

    private int count(Reply answer) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement(
                                "select count(*) from feedback where decision = ?")) {
            select.setLong(1, Ids.parse(answer.header("x-consort-decision")).orElseThrow());
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }
}
