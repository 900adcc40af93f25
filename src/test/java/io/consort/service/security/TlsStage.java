package io.consort.service.security;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes a certificate and has the service use it, and nothing without it. */
public final class TlsStage implements QuarkusTestResourceLifecycleManager {

    static final String PASSWORD = "changeit";

    private static volatile @Nullable Path store;

    /** The store with the certificate. */
    static Path store() {
        return Optional.ofNullable(store).orElseThrow();
    }

    @Override
    public Map<String, String> start() {
        try {
            Path made = Files.createTempDirectory("consort-tls").resolve("store.p12");
            make(made);
            store = made;
            return Map.of(
                    "quarkus.tls.key-store.p12.path", made.toString(),
                    "quarkus.tls.key-store.p12.password", PASSWORD,
                    "quarkus.http.insecure-requests", "disabled",
                    "quarkus.http.test-ssl-port", "0",
                    "consort.admin.port", "0");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void stop() {}

    private static void make(Path file) throws IOException, InterruptedException {
        Process keytool =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                                .toString(),
                                        "-genkeypair",
                                        "-alias",
                                        "consort",
                                        "-keyalg",
                                        "EC",
                                        "-dname",
                                        "CN=localhost",
                                        "-ext",
                                        "san=dns:localhost,ip:127.0.0.1",
                                        "-storetype",
                                        "PKCS12",
                                        "-keystore",
                                        file.toString(),
                                        "-storepass",
                                        PASSWORD))
                        .redirectErrorStream(true)
                        .start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new IOException("no certificate can be made: " + output);
        }
    }
}
