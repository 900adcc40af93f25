package io.consort.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.consort.service.Service;
import io.consort.service.catalogs.Author;
import io.consort.service.catalogs.CatalogDocument;
import io.consort.service.stage.Client;
import io.consort.service.stage.Client.Reply;
import io.consort.service.stage.Stage;
import io.consort.service.stage.Upstream;
import io.consort.service.store.Ids;
import io.consort.service.store.Keys;
import io.consort.service.store.Principal;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@Timeout(120)
class ExpertsHealthTest extends OnStage {

    private static final String WEATHER = "How strong is the wind at the coast?";

    @Inject Service running;
    @Inject DataSource database;

    @Test
    void whatIsSeenOfAnExpertIsTold() {
        for (int i = 0; i < 3; i++) {
            client().post(CHAT, Client.chat("sure", "x", ",\"stream\":true"));
        }
        JsonNode sure = health("sure");
        assertThat(sure.path("circuit").asText()).isEqualTo("closed");
        assertThat(sure.path("attempts").asInt()).isGreaterThanOrEqualTo(3);
        assertThat(sure.path("p95_ms").asDouble()).isPositive();
        assertThat(health("spoiled").path("usable").asBoolean()).isFalse();
    }

    @Test
    void settingsChangeWithTheCatalogAndAnOpenCircuitIsAskedLast() throws Exception {
        String settings =
                "first-token: 5s, breaker: { failures: 1.0, window: 10000, delay: 1s } }\n  - id: spoiled";
        String quick =
                "first-token: 5s, breaker: { failures: 1.0, window: 2, delay: 1h } }\n  - id: spoiled";
        String catalog = Files.readString(Stage.folder().resolve("catalog.yaml"));
        assertThat(catalog).contains(settings);
        client().post(CHAT, Client.chat("plain", "x", ""));
        int attempts = health("plain").path("attempts").asInt();
        replace(catalog.replace(settings, quick));
        assertThat(health("plain").path("attempts").asInt()).isGreaterThanOrEqualTo(attempts);
        for (int i = 0; i < 2; i++) {
            assertThat(client().post(CHAT, Client.chat("down", "x", "")).status()).isEqualTo(502);
        }
        assertThat(health("down").path("circuit").asText()).isEqualTo("open");
        Reply route = client().post("/v1/route", Client.chat("auto", WEATHER, ""));
        assertThat(route.json().path("ranked").toString())
                .isEqualTo("[\"fails\",\"plain\",\"down\"]");
        assertThat(route.json().path("reasons").toString()).contains("asked last");
        Reply reply = client().post(CHAT, Client.chat("auto", WEATHER, ""));
        assertThat(reply.header("x-consort-expert")).isEqualTo("plain");
        assertThat(reply.header("x-consort-fallback")).isEqualTo("fails");
        assertThat(reply.header("x-consort-attempts")).isEqualTo("2");
        replace(catalog);
        assertThat(health("down").path("circuit").asText()).isEqualTo("closed");
        assertThat(
                        client().post("/v1/route", Client.chat("auto", WEATHER, ""))
                                .json()
                                .path("expert")
                                .asText())
                .isEqualTo("down");
    }

    @Test
    void aSlowCallIsDoubledAndBothAreRecorded() throws SQLException {
        Reply last;
        int calls = 0;
        do {
            last = client().post(CHAT, Client.chat("dawdles", "x", ",\"stream\":true"));
            assertThat(last.status()).isEqualTo(200);
            calls++;
        } while (last.header("x-consort-attempts").isEmpty() && calls <= Upstream.DAWDLES);
        assertThat(last.body()).contains("Hello", "[DONE]");
        assertThat(last.header("x-consort-attempts")).isEqualTo("2");
        assertThat(last.header("x-consort-expert")).isEqualTo("dawdles");
        assertThat(attempt(Ids.parse(last.header("x-consort-decision")).orElseThrow()))
                .isEqualTo("dawdles HEDGED");
        while (health("dawdles").path("in_flight").asInt() > 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private String attempt(long decision) throws SQLException {
        while (true) {
            try (Connection connection = database.getConnection();
                    PreparedStatement select =
                            connection.prepareStatement(
                                    "select expert, failure from attempts where decision = ?")) {
                select.setLong(1, decision);
                try (ResultSet rows = select.executeQuery()) {
                    if (rows.next()) {
                        return rows.getString(1) + " " + rows.getString(2);
                    }
                }
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private JsonNode health(String expert) {
        Reply reply = client().get("/admin/v1/health/experts");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        for (JsonNode one : reply.json().path("data")) {
            if (one.path("id").asText().equals(expert)) {
                return one;
            }
        }
        throw new AssertionError("not told of: " + expert);
    }

    private void replace(String catalog) throws Exception {
        running.catalogs()
                .save(
                        Keys.DEFAULT_TENANT,
                        new Author(Principal.SERVICE, "test"),
                        _ -> true,
                        _ -> CatalogDocument.parse(catalog),
                        "");
    }
}
