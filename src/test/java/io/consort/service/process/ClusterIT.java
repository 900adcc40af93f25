package io.consort.service.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.consort.service.stage.Client;
import io.consort.service.stage.Upstream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class ClusterIT {

    private static final int CLIENTS = 6;
    private static final int ANSWERS = 1_000;
    private static final int LIMIT = 600;

    private @TempDir Path folder;

    @Test
    void nothingThatWasAnsweredIsLostOrCountedTwiceWhateverFails() throws Exception {
        try (Upstream upstream = Upstream.start();
                ThreeNodes nodes = ThreeNodes.start(folder, upstream.port())) {
            Load load = Load.start(nodes.clients(), CLIENTS);
            try (load) {
                load.awaitMore(ANSWERS);
                nodes.kill(2);
                load.awaitMore(ANSWERS);
                nodes.restart(2);
                load.turnTo(nodes.clients());
                load.awaitMore(ANSWERS);
                nodes.stopDatabase();
                nodes.awaitEverywhere("\"serves\": \"last known\"");
                load.awaitMore(ANSWERS);
                nodes.startDatabase();
                nodes.awaitEverywhere("\"serves\": \"current\"");
                load.awaitMore(ANSWERS);
            }
            Duration live = nodes.changeCatalog("late");
            long admitted = admitted(nodes.clients());
            nodes.terminate();
            Map<Long, Long> recorded = nodes.recorded();
            Set<Long> lost = new HashSet<>(load.answered());
            lost.removeAll(recorded.keySet());
            System.out.printf(
                    "cluster: %s, recorded %d, lost %d, duplicated %d; of a limit of %d: %d; catalog live on %d nodes after %d ms%n",
                    load,
                    recorded.size(),
                    lost.size(),
                    load.twice(),
                    LIMIT,
                    admitted,
                    ThreeNodes.COUNT,
                    live.toMillis());
            assertThat(lost).isEmpty();
            assertThat(load.twice()).isZero();
            assertThat(load.refused()).isEmpty();
            assertThat(recorded.size() - load.answered().size() - admitted)
                    .as("answers on their way when a node was killed")
                    .isBetween(0L, load.unanswered());
            assertThat(recorded.values()).containsOnly(7L);
            assertThat(admitted).isBetween(LIMIT * 95L / 100, LIMIT * 105L / 100);
            assertThat(live).isLessThan(Duration.ofSeconds(10));
        }
    }

    /** Asks all nodes at once with a key that is limited, until nothing is left of its limit. */
    private static long admitted(List<Client> nodes) throws InterruptedException {
        JsonNode made =
                nodes.getFirst()
                        .post(
                                "/admin/v1/tenants/default/keys",
                                "{\"name\":\"limited\",\"limits\":{\"requests_per_minute\":%d}}"
                                        .formatted(LIMIT))
                        .json();
        AtomicLong admitted = new AtomicLong();
        List<Thread> load = new ArrayList<>();
        for (Client node : nodes) {
            Client limited = node.withKey(made.path("key").asText());
            load.add(Thread.ofVirtual().start(() -> exhaust(limited, admitted)));
        }
        for (Thread one : load) {
            one.join();
        }
        return admitted.get();
    }

    private static void exhaust(Client node, AtomicLong admitted) {
        while (true) {
            Client.Reply reply = node.post("/v1/chat/completions", Client.chat("auto", "x", ""));
            if (reply.status() == 200) {
                admitted.incrementAndGet();
            } else if (reply.header("x-ratelimit-remaining-requests").equals("0")) {
                return;
            }
        }
    }
}
