package io.consort.service.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.experts.Catalog;
import io.consort.experts.catalog.CatalogFile;
import io.consort.service.ConsortConfig;
import io.consort.service.stage.Client;
import io.consort.service.stage.Client.Reply;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No secret comes out, whatever goes wrong: not in answers, logs, metrics, records, or texts of objects. */
@QuarkusTest
@QuarkusTestResource(value = SecretStage.class, restrictToAnnotatedClass = true)
@Timeout(120)
class SecretsTest {

    private static final String CHAT = "/v1/chat/completions";
    private static final List<String> PAGES =
            List.of(
                    "/v1/models",
                    "/v1/models/rejects",
                    "/admin/v1/categories",
                    "/admin/v1/router",
                    "/admin/v1/tenants",
                    "/admin/v1/keys",
                    "/admin/v1/audit",
                    "/admin/v1/usage",
                    "/admin/v1/catalog",
                    "/admin/v1/catalog/revisions",
                    "/admin/v1/experts/rejects",
                    "/admin/v1/health/experts",
                    "/q/health",
                    "/q/metrics",
                    "/nowhere");

    @TestHTTPResource("/")
    private URI service = URI.create("http://127.0.0.1");

    @Inject ConsortConfig config;

    @Test
    void noSecretComesOut() throws Exception {
        String key = Files.readString(data().resolve("first-key")).strip();
        Client client = Client.of(service, key);
        List<String> said = new ArrayList<>();
        List<String> decisions = new ArrayList<>();
        for (String expert : SecretStage.EXPERTS) {
            for (String stream : List.of("false", "true")) {
                Reply reply = client.post(CHAT, Client.chat(expert, "x", ",\"stream\":" + stream));
                assertThat(reply.body()).as(expert).contains("error");
                decisions.add(reply.header("x-consort-decision"));
                said.add(reply.http().headers().map() + reply.body());
            }
        }
        for (String page : PAGES) {
            Reply reply = client.get(page);
            assertThat(reply.status()).as(page).isLessThan(500);
            said.add(reply.http().headers().map() + reply.body());
        }
        said.add(client.withKey(key + "x").get("/v1/models").body());
        said.add(client.post(CHAT, "{\"" + key).body());
        assertThat(said).allSatisfy(text -> requireNone(text, key));
        requireNone(logged(decisions.getLast()), key);
        requireNone(everythingKept(), key);
    }

    @Test
    void noTextOfAnObjectHasASecret() throws Exception {
        Catalog catalog = CatalogFile.read(SecretStage.folder().resolve("catalog.yaml"), Map.of());
        String texts = catalog.experts().toString() + catalog;
        requireNone(texts, "none");
        assertThat(texts).contains("rejects");
        assertThat(config.database().password()).contains(SecretStage.DATABASE_PASSWORD);
        assertThat(String.valueOf(config)).doesNotContain(SecretStage.DATABASE_PASSWORD);
    }

    private static void requireNone(String text, String key) {
        assertThat(text)
                .doesNotContainIgnoringCase(
                        SecretStage.PROVIDER_KEY,
                        SecretStage.HEADER_TOKEN,
                        SecretStage.DATABASE_PASSWORD,
                        key);
    }

    /** Both logs, once the line of this decision is there. */
    private static String logged(String decision) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        String lines = Files.readString(SecretStage.requestLog());
        while (!lines.contains(decision) && System.nanoTime() < deadline) {
            Thread.sleep(20);
            lines = Files.readString(SecretStage.requestLog());
        }
        assertThat(lines).contains("decision=" + decision);
        return lines + Files.readString(SecretStage.log());
    }

    /** The data folder with the database and the journal, but without the files that are secrets. */
    private static String everythingKept() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(data())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                if (!name.equals("first-key") && !name.equals("pepper")) {
                    all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                }
            }
        }
        assertThat(all).contains("rejects");
        return all.toString();
    }

    private static Path data() {
        return SecretStage.folder().resolve("data");
    }
}
