package io.consort.service.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consort.service.stage.Client;
import io.consort.service.stage.Upstream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StopIT {

    private @TempDir Path folder;

    @Test
    void streamsThatRunFinishWhileNewRequestsAreTurnedAway() throws Exception {
        try (Upstream upstream = Upstream.start();
                ServiceProcess service = ServiceProcess.start(folder, upstream.port())) {
            Client client = service.client();
            assertThat(client.post("/v1/chat/completions", Client.chat("plain", "x", "")).status())
                    .isEqualTo(200);
            CountDownLatch running = new CountDownLatch(1);
            CompletableFuture<String> stream =
                    CompletableFuture.supplyAsync(() -> streamed(client, running));
            assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
            service.terminate();
            Client.Reply turnedAway = firstTurnedAway(client);
            assertThat(stream).isNotDone();
            assertThat(turnedAway.status()).isEqualTo(503);
            assertThat(turnedAway.error().path("message").asText())
                    .isEqualTo("The service is stopping; try again.");
            assertThat(turnedAway.header("retry-after")).isEqualTo("1");
            assertThat(stream.get(30, TimeUnit.SECONDS)).endsWith("data: [DONE]\n\n");
            assertThat(stream.get().split("\"content\":\"x\"", -1))
                    .hasSize(Upstream.SLOW_CHUNKS + 1);
            assertThat(service.hasEndedWithin(60)).isTrue();
            assertThatThrownBy(() -> client.get("/v1/models"))
                    .isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void aProxySeesThatTheServiceStopsBeforeAnythingIsTurnedAway() throws Exception {
        List<String> notice = List.of("-Dconsort.shutdown-notice=5s");
        try (Upstream upstream = Upstream.start();
                ServiceProcess service = ServiceProcess.start(folder, upstream.port(), notice)) {
            Client client = service.client();
            assertThat(client.get("/q/health/ready").status()).isEqualTo(200);
            service.terminate();
            while (client.get("/q/health/ready").status() == 200) {
                Thread.onSpinWait();
            }
            assertThat(client.post("/v1/chat/completions", Client.chat("plain", "x", "")).status())
                    .isEqualTo(200);
            assertThat(service.hasEndedWithin(60)).isTrue();
        }
    }

    private static Client.Reply firstTurnedAway(Client client) {
        Client.Reply reply = client.get("/v1/models");
        while (reply.status() == 200) {
            reply = client.get("/v1/models");
        }
        return reply;
    }

    private static String streamed(Client client, CountDownLatch running) {
        StringBuilder all = new StringBuilder();
        try (Stream<String> lines =
                client.lines(
                        "/v1/chat/completions", Client.chat("slow", "x", ",\"stream\":true"))) {
            lines.forEach(line -> {
                all.append(line).append('\n');
                running.countDown();
            });
        }
        return all.toString();
    }
}
