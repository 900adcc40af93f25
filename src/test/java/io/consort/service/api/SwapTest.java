package io.consort.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.service.Service;
import io.consort.service.catalogs.Author;
import io.consort.service.catalogs.CatalogDocument;
import io.consort.service.stage.Client;
import io.consort.service.stage.Stage;
import io.consort.service.store.Keys;
import io.consort.service.store.Principal;
import io.consort.service.tenant.Tenancy;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@Timeout(120)
class SwapTest extends OnStage {

    private static final String ENDLESS = "endless";

    @Inject Service running;

    @Test
    void aStreamGoesOnWhenItsCatalogIsReplacedAndTheOldExpertsCloseAfterIt() throws Exception {
        Tenancy before = live();
        try (SlowSocket socket = new SlowSocket(service)) {
            socket.post(Client.chat(ENDLESS, "swapped", ",\"stream\":true"));
            assertThat(socket.read(64 * 1024)).contains("200 OK");

            replace();
            assertThat(live()).isNotSameAs(before);
            assertThat(client().post(CHAT, Client.chat("plain", "x", "")).status()).isEqualTo(200);

            int written = Stage.upstream().written(ENDLESS);
            socket.read(16 * 1024 * 1024);
            assertThat(Stage.upstream().written(ENDLESS)).isGreaterThan(written);
            assertThat(before.isClosed()).isFalse();
        }
        while (!before.isClosed()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        assertThat(live().isClosed()).isFalse();
    }

    @Test
    void requestsThatFailBeforeTheyAreDecidedKeepNothingOpen() throws Exception {
        assertThat(client().post(CHAT, Client.chat("nobody", "x", "")).status()).isEqualTo(404);
        assertThat(client().post(CHAT, "{}").status()).isEqualTo(400);
        assertThat(client().post(CHAT, Client.chat("rejects", "x", "")).status()).isEqualTo(400);
        assertThat(client().post(CHAT, Client.chat("down", "x", "")).status()).isEqualTo(502);
        Tenancy before = live();
        replace();
        while (!before.isClosed()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private Tenancy live() {
        return running.tenancies().find(Keys.DEFAULT_TENANT).orElseThrow();
    }

    private void replace() throws Exception {
        running.catalogs()
                .save(
                        Keys.DEFAULT_TENANT,
                        new Author(Principal.SERVICE, "test"),
                        _ -> true,
                        live -> CatalogDocument.parse(live.orElseThrow().text() + "# again\n"),
                        "");
    }
}
