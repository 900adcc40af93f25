package io.consort.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.service.stage.Client;
import io.consort.service.stage.Stage;
import io.consort.service.store.Ids;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LeavingTest extends OnStage {

    private static final Pattern DECISION = Pattern.compile("x-consort-decision: (dec_\\w+)");

    @Inject DataSource database;

    @Test
    void aClientThatLeavesBeforeTheAnswerEndsTheUpstreamCall()
            throws IOException, InterruptedException {
        try (SlowSocket socket = new SlowSocket(service)) {
            socket.post(Client.chat("waits", "leaves before", ""));
            while (!Stage.upstream().body("waits").contains("leaves before")) {
                LockSupport.parkNanos(5_000_000);
            }
        }
        assertThat(Stage.upstream().left("waits").await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aClientThatLeavesAStreamEndsTheUpstreamCallAndIsRecorded()
            throws IOException, InterruptedException, SQLException {
        String head;
        try (SlowSocket socket = new SlowSocket(service)) {
            socket.post(Client.chat("endless", "x", ",\"stream\":true"));
            head = socket.read(16 * 1024);
        }
        assertThat(Stage.upstream().left("endless").await(20, TimeUnit.SECONDS)).isTrue();
        Matcher decision = DECISION.matcher(head);
        assertThat(decision.find()).isTrue();
        assertThat(outcome(decision.group(1))).isEqualTo("CANCELLED");
    }

    private String outcome(String decision) throws SQLException {
        while (client().post(
                                "/v1/feedback",
                                "{\"completion_id\":\"%s\",\"score\":0}".formatted(decision))
                        .status()
                != 200) {
            LockSupport.parkNanos(50_000_000);
        }
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select outcome from decisions where id = ?")) {
            select.setLong(1, Ids.parse(decision).orElseThrow());
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }
}
