package io.consort.service.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.service.stage.Client;
import io.consort.service.stage.Upstream;
import io.consort.service.store.Database;
import io.consort.service.store.Ids;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillIT {

    private static final int CLIENTS = 8;
    private static final int ANSWERS = 2_000;

    private @TempDir Path folder;

    @Test
    void noAnswerThatAClientSawIsMissingFromTheBooksAfterAKill() throws Exception {
        Set<Long> seen = ConcurrentHashMap.newKeySet();
        try (Upstream upstream = Upstream.start()) {
            for (int life = 0; life < 3; life++) {
                try (ServiceProcess service = ServiceProcess.start(folder, upstream.port())) {
                    answersUntilKilled(service, seen);
                }
            }
            try (ServiceProcess service = ServiceProcess.start(folder, upstream.port())) {
                service.terminate();
                assertThat(service.hasEndedWithin(60)).isTrue();
            }
        }
        Map<Long, Long> prompts = recorded();
        assertThat(seen).hasSizeGreaterThanOrEqualTo(3 * ANSWERS);
        assertThat(prompts.keySet()).containsAll(seen);
        assertThat(prompts.size() - seen.size())
                .as("answers on their way when the process was killed")
                .isBetween(0, 3 * CLIENTS);
        assertThat(prompts.values()).containsOnly(7L);
    }

    /** Lets clients ask until enough answers were seen, kills the service and waits for them. */
    private static void answersUntilKilled(ServiceProcess service, Set<Long> seen)
            throws InterruptedException {
        CountDownLatch enough = new CountDownLatch(ANSWERS);
        Client client = service.client();
        Thread[] clients =
                IntStream.range(0, CLIENTS)
                        .mapToObj(_ -> Thread.ofVirtual().start(() -> ask(client, seen, enough)))
                        .toArray(Thread[]::new);
        enough.await();
        service.kill();
        for (Thread one : clients) {
            one.join();
        }
    }

    private static void ask(Client client, Set<Long> seen, CountDownLatch enough) {
        try {
            while (true) {
                Client.Reply reply =
                        client.post("/v1/chat/completions", Client.chat("auto", "x", ""));
                assertThat(reply.status()).isEqualTo(200);
                seen.add(Ids.parse(reply.header("x-consort-decision")).orElseThrow());
                enough.countDown();
            }
        } catch (UncheckedIOException killed) {
            // The service is gone; what was seen before counts.
        }
    }

    private Map<Long, Long> recorded() throws SQLException {
        Map<Long, Long> prompts = new HashMap<>();
        String url = "jdbc:h2:file:" + folder.resolve("data/consort");
        try (Database database = Database.open(url, Optional.empty(), Optional.empty());
                Connection connection = database.connections().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select id, prompt_tokens from decisions")) {
            while (rows.next()) {
                prompts.put(rows.getLong(1), rows.getLong(2));
            }
        }
        return prompts;
    }
}
