package io.consort.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.service.stage.Client;
import io.consort.service.stage.Stage;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@Timeout(120)
class OpenStreamTest extends OnStage {

    private static final String ROUTER = "/admin/v1/router";

    @Test
    void aStreamThatIsOpenWhenANewRouterGoesLiveEndsWhole() throws InterruptedException {
        CompletableFuture<Client.Reply> answer =
                CompletableFuture.supplyAsync(
                        () -> client().post(CHAT, Client.chat("gated", "x", ",\"stream\":true")));
        int before = liveVersion();
        Stage.upstream()
                .whileGated(() -> {
                    assertThat(client().post(ROUTER + "/train", "").status()).isEqualTo(202);
                    while (liveVersion() == before) {
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
                    }
                    assertThat(answer).isNotDone();
                });
        List<String> events = answer.join().events();
        assertThat(events).hasSize(4).last().isEqualTo("[DONE]");
        assertThat(Client.parse(events.getFirst()).at("/choices/0/delta/content").asText())
                .isEqualTo("be");
        assertThat(Client.parse(events.get(1)).at("/choices/0/delta/content").asText())
                .isEqualTo("gun");
    }

    private int liveVersion() {
        return client().get(ROUTER).json().path("live_version").asInt();
    }
}
