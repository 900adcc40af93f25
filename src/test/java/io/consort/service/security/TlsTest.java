package io.consort.service.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consort.service.AdminServer;
import io.consort.service.stage.Stage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The service behind a certificate of its own. */
@QuarkusTest
@QuarkusTestResource(Stage.class)
@QuarkusTestResource(value = TlsStage.class, restrictToAnnotatedClass = true)
@Timeout(120)
class TlsTest {

    @TestHTTPResource(value = "/", tls = true)
    private URI service = URI.create("https://localhost");

    @Inject AdminServer admin;

    @Test
    void whoKnowsTheCertificateIsAnswered() throws Exception {
        HttpResponse<String> reply = send(trusting(), service.resolve("/v1/models"));
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().firstValue("strict-transport-security"))
                .contains("max-age=31536000");
    }

    @Test
    void theAdministrationsPortHasTheSameCertificate() throws Exception {
        URI apart = URI.create("https://localhost:%d/".formatted(admin.port().orElseThrow()));
        assertThat(send(trusting(), apart.resolve("/admin/v1/categories")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void whoDoesNotKnowTheCertificateHearsNothing() {
        HttpClient stranger = HttpClient.newBuilder().build();
        assertThatThrownBy(() -> send(stranger, service.resolve("/v1/models")))
                .isInstanceOf(SSLException.class);
    }

    @Test
    void nothingIsAnsweredWithoutIt() {
        URI plain = URI.create("http://localhost:%d/v1/models".formatted(service.getPort()));
        assertThatThrownBy(() -> send(trusting(), plain)).isInstanceOf(IOException.class);
    }

    private static HttpResponse<String> send(HttpClient client, URI uri)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(uri)
                        .timeout(Duration.ofSeconds(30))
                        .header("Authorization", "Bearer " + Stage.key())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpClient trusting() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(TlsStage.store())) {
            store.load(in, TlsStage.PASSWORD.toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("consort", store.getCertificate("consort"));
        TrustManagerFactory managers =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(context)
                .build();
    }
}
