package io.consort.service.security;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of an issuer. Fetched behind the requests, at the start and from then on whenever
 * they are old or a token names a key that is not among them, but not more often than every few
 * seconds; the last ones that were fetched stay in use while the issuer cannot be reached. Thread-safe.
 */
final class IssuerKeys {

    private static final Logger LOG = Logger.getLogger(IssuerKeys.class.getName());
    private static final long OLD_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int LARGEST = 1 << 20;

    private final OidcSettings settings;
    private final LongSupplier nanoTime;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
    private volatile @Nullable Fetched fetched;
    private boolean fetching;
    private boolean tried;
    private long lastTry;

    /** Keys as they were once fetched; another object for each time. */
    record Fetched(JWKSet keys, long at) {}

    IssuerKeys(OidcSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
    }

    /** The keys that were fetched last; null until there are any. */
    @Nullable Fetched current() {
        Fetched last = fetched;
        if (last != null && nanoTime.getAsLong() - last.at() > OLD_NANOS) {
            fetchSoon();
        }
        return last;
    }

    /** Begins to fetch the keys anew, unless that was tried just now; whether they are being fetched. */
    synchronized boolean fetchSoon() {
        if (fetching) {
            return true;
        }
        long now = nanoTime.getAsLong();
        if (tried && now - lastTry < PAUSE_NANOS) {
            return false;
        }
        fetching = true;
        tried = true;
        lastTry = now;
        Thread.ofVirtual().name("issuer-keys").start(this::fetch);
        return true;
    }

    private void fetch() {
        try {
            JWKSet keys = JWKSet.parse(get(address()));
            fetched = new Fetched(keys.toPublicJWKSet(), nanoTime.getAsLong());
        } catch (IOException | ParseException | IllegalArgumentException failure) {
            LOG.log(
                    Level.WARNING,
                    "The keys of the issuer {0} cannot be fetched: {1}",
                    new Object[] {settings.issuer(), failure.getMessage()});
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            synchronized (this) {
                fetching = false;
            }
        }
    }

    private URI address() throws IOException, InterruptedException, ParseException {
        if (settings.jwks().isPresent()) {
            return settings.jwks().get();
        }
        String issuer = settings.issuer().toString();
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        var document =
                JSONObjectUtils.parse(get(URI.create(base + "/.well-known/openid-configuration")));
        if (!issuer.equals(JSONObjectUtils.getString(document, "issuer"))) {
            throw new IOException("its discovery document names another issuer");
        }
        String keys = JSONObjectUtils.getString(document, "jwks_uri");
        if (keys == null) {
            throw new IOException("its discovery document has no jwks_uri");
        }
        return OidcSettings.safe("jwks_uri", URI.create(keys));
    }

    private String get(URI address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).GET().build();
        HttpResponse<InputStream> response =
                client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            if (response.statusCode() != 200) {
                throw new IOException("%s answered %d".formatted(address, response.statusCode()));
            }
            byte[] bytes = body.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new IOException("%s answered more than a megabyte".formatted(address));
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
