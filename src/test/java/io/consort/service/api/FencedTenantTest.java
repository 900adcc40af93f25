package io.consort.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.experts.catalog.CatalogFile;
import io.consort.service.Service;
import io.consort.service.stage.Client;
import io.consort.service.stage.Client.Reply;
import io.consort.service.stage.Stage;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What experts of a tenant can be pointed at. */
@QuarkusTest
@Timeout(60)
class FencedTenantTest extends OnStage {

    private static final List<String> INSIDE =
            List.of("10.255.255.1", "169.254.169.254", "[::1]", "[::ffff:10.0.0.1]", "0.0.0.0");

    @Inject Service running;

    @Test
    void anExpertOfATenantIsNotCalledAtAnAddressInside() throws Exception {
        client().post("/admin/v1/tenants", "{\"id\":\"fenced\"}");
        Reply made =
                client().post(
                                "/admin/v1/tenants/fenced/keys",
                                "{\"name\":\"fenced-chat\",\"role\":\"chat\"}");
        Client fenced = client().withKey(made.json().path("key").asText());
        int revision = 1;
        for (String host : INSIDE) {
            Path file = Files.writeString(Stage.folder().resolve("fenced.yaml"), catalog(host));
            running.tenancies().replace("fenced", CatalogFile.read(file, Map.of()), revision++);
            Reply reply = fenced.post(CHAT, Client.chat("inside", "x", ""));
            assertThat(reply.status()).as(host).isEqualTo(502);
            assertThat(reply.error().path("code").asText()).isEqualTo("expert_unreachable");
            assertThat(reply.error().path("message").asText())
                    .as(host)
                    .contains("may not be called at", "base-url");
        }
    }

    private static String catalog(String host) {
        return """
        version: 1
        experts:
          - id: inside
            openai: { base-url: "http://%s:9/v1", model: m }
            guard: { retries: 0 }
        policies:
          - { id: default, pinned: { expert: inside } }
        """
                .formatted(host);
    }
}
