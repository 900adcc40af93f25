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
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RecordsTest extends OnStage {

    @Inject DataSource database;

    @Test
    void anAnswerIsRecordedWithItsTokensAndCost() throws SQLException {
        Map<String, Object> row =
                rowOf(client().post(CHAT, Client.chat("consort/steady", "x", "")));
        assertThat(row)
                .containsEntry("TENANT", "default")
                .containsEntry("ASKED", "consort/steady")
                .containsEntry("POLICY", "steady")
                .containsEntry("EXPERT", "plain")
                .containsEntry("OUTCOME", "ANSWERED")
                .containsEntry("UPSTREAM_ID", "chatcmpl-up1")
                .containsEntry("PROMPT_TOKENS", 7L)
                .containsEntry("COMPLETION_TOKENS", 2L)
                .containsEntry("COST_USD", 11e-6);
    }

    @Test
    void aStreamIsRecordedWithTheTokensThatTheServerTold() throws SQLException {
        Map<String, Object> row =
                rowOf(client().post(CHAT, Client.chat("plain", "x", ",\"stream\":true")));
        assertThat(row).containsEntry("OUTCOME", "ANSWERED").containsEntry("PROMPT_TOKENS", 7L);
        assertThat(micros(row, "FIRST_US"))
                .isPositive()
                .isLessThanOrEqualTo(micros(row, "TOTAL_US"));
    }

    @Test
    void failuresAreRecordedByHowTheyEnded() throws SQLException {
        assertThat(rowOf(client().post(CHAT, Client.chat("rejects", "x", ""))))
                .containsEntry("OUTCOME", "FAILED");
        assertThat(rowOf(client().post(CHAT, Client.chat("breaks", "x", ",\"stream\":true"))))
                .containsEntry("OUTCOME", "BROKEN");
        assertThat(rowOf(client().post(CHAT, Client.chat("auto", "", ""))))
                .containsEntry("OUTCOME", "DECLINED");
    }

    @Test
    void expertsThatWereAskedInVainAreRecorded() throws SQLException {
        Reply reply =
                client().post(CHAT, Client.chat("auto", "Is a storm coming this weekend?", ""));
        long id = Ids.parse(reply.header("x-consort-decision")).orElseThrow();
        rowOf(reply);
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement(
                                "select expert, failure from attempts where decision = ? order by place")) {
            select.setLong(1, id);
            try (ResultSet rows = select.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("down");
                assertThat(rows.getString(2)).isEqualTo("UNREACHABLE");
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("fails");
                assertThat(rows.getString(2)).isEqualTo("UPSTREAM");
                assertThat(rows.next()).isFalse();
            }
        }
    }

    private static long micros(Map<String, Object> row, String column) {
        Object value = row.get(column);
        assertThat(value).as(column).isInstanceOf(Long.class);
        return value instanceof Long micros ? micros : 0;
    }

    /** Feedback is written after all decisions before it, so that the decision is there by then. */
    private Map<String, Object> rowOf(Reply reply) throws SQLException {
        String decision = reply.header("x-consort-decision");
        Reply joined =
                client().post(
                                "/v1/feedback",
                                "{\"completion_id\":\"%s\",\"score\":1}".formatted(decision));
        assertThat(joined.status()).isEqualTo(200);
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select * from decisions where id = ?")) {
            select.setLong(1, Ids.parse(decision).orElseThrow());
            try (ResultSet rows = select.executeQuery()) {
                assertThat(rows.next()).isTrue();
                Map<String, Object> row = new HashMap<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.put(rows.getMetaData().getColumnLabel(i), rows.getObject(i));
                }
                return row;
            }
        }
    }
}
