package io.consort.service.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.consort.service.api.ApiException;
import io.consort.service.store.Principal;
import io.consort.service.store.Role;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OidcTokensTest {

    private static final Map<String, Role> ROLES =
            Map.of("consort-chat", Role.CHAT, "consort-admin", Role.ADMIN);

    private final LocalIssuer issuer = LocalIssuer.start();
    private final AtomicLong nanos = new AtomicLong(1);
    private volatile Instant now = Instant.now();

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void aTokensClaimsSayWhoCalls() {
        OidcTokens tokens = tokens(settings());
        assertThat(found(tokens, issuer.token(UnaryOperator.identity())))
                .isEqualTo(new Principal("default", 0, "oidc:ann", Role.CHAT));
        assertThat(
                        found(
                                tokens,
                                issuer.curveToken(claims ->
                                        claims.claim("tenant", "acme")
                                                .claim(
                                                        "roles",
                                                        List.of(
                                                                "other",
                                                                "consort-admin",
                                                                "consort-chat")))))
                .isEqualTo(new Principal("acme", 0, "oidc:ann", Role.ADMIN));
    }

    @Test
    void whatIsNoTokenIsLeftToTheKeys() {
        assertThat(tokens(settings()).find("ck-abc")).isEmpty();
    }

    @Test
    void aTokenThatIsNotForUsOrNotValidNowIsRefused() {
        OidcTokens tokens = tokens(settings());
        found(tokens, issuer.token(UnaryOperator.identity()));
        for (String token :
                List.of(
                        issuer.token(claims -> claims.audience("another")),
                        issuer.token(claims -> claims.issuer("https://evil.example")),
                        issuer.token(claims -> claims.expirationTime(ago(120))),
                        issuer.token(claims -> claims.expirationTime(null)),
                        issuer.token(claims -> claims.notBeforeTime(ago(-120))),
                        issuer.token(claims -> claims.subject(null)),
                        issuer.token(claims -> claims.claim("tenant", null)),
                        issuer.token(claims -> claims.claim("tenant", "../other")),
                        issuer.forged(),
                        issuer.confused(),
                        unsigned(),
                        tampered(issuer.token(UnaryOperator.identity())),
                        "a.b.c",
                        ".",
                        "eyJ.eyJ.x")) {
            assertThat(refusal(tokens, token)).as(token).isEqualTo(401);
        }
        String noRole = issuer.token(claims -> claims.claim("roles", List.of("stranger")));
        assertThat(refusal(tokens, noRole)).isEqualTo(403);
    }

    @Test
    void theClockOfTheIssuerMayDifferALittle() {
        OidcTokens tokens = tokens(settings());
        String late = issuer.token(claims -> claims.expirationTime(ago(30)));
        assertThat(found(tokens, late).key()).isEqualTo("oidc:ann");
        String early = issuer.token(claims -> claims.notBeforeTime(ago(-30)));
        assertThat(found(tokens, early).key()).isEqualTo("oidc:ann");
    }

    @Test
    void aTokenThatWasAcceptedIsRefusedWhenItHasExpired() {
        OidcTokens tokens = tokens(settings());
        String token = issuer.token(UnaryOperator.identity());
        found(tokens, token);
        now = now.plusSeconds(630);
        assertThat(found(tokens, token).tenant()).isEqualTo("default");
        now = now.plusSeconds(60);
        assertThat(refusal(tokens, token)).isEqualTo(401);
    }

    @Test
    void newKeysOfTheIssuerAreFetchedWhenATokenNeedsThem() throws Exception {
        OidcTokens tokens = tokens(settings());
        String old = issuer.token(UnaryOperator.identity());
        found(tokens, old);
        issuer.rotate("2");
        String fresh = issuer.token(UnaryOperator.identity());
        assertThat(refusal(tokens, fresh)).as("just fetched").isEqualTo(401);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(11));
        assertThat(found(tokens, fresh).key()).isEqualTo("oidc:ann");
        assertThat(refusal(tokens, old)).as("its key is gone").isIn(401, 503);
        assertThat(issuer.fetches()).isLessThanOrEqualTo(3);
    }

    @Test
    void anIssuerThatNamesItselfOtherwiseIsNotBelieved() throws Exception {
        issuer.pretends("https://evil.example");
        OidcTokens tokens = tokens(settings());
        assertThat(refusal(tokens, issuer.token(UnaryOperator.identity()))).isEqualTo(503);
        assertThat(issuer.fetches()).isZero();
    }

    @Test
    void claimsMayLieInsideOthers() {
        OidcSettings nested =
                new OidcSettings(
                        issuer.uri(),
                        LocalIssuer.AUDIENCE,
                        Optional.of(URI.create(issuer.uri() + "/keys")),
                        Optional.of("acme"),
                        "unused",
                        "realm_access.roles",
                        ROLES,
                        Duration.ofSeconds(60));
        String token =
                issuer.token(claims ->
                        claims.claim("realm_access", Map.of("roles", List.of("consort-admin"))));
        assertThat(found(tokens(nested), token))
                .isEqualTo(new Principal("acme", 0, "oidc:ann", Role.ADMIN));
    }

    @Test
    void keysAreNotFetchedUnencryptedFromElsewhere() {
        assertThatThrownBy(() ->
                        new OidcSettings(
                                URI.create("http://idp.example/realm"),
                                "consort",
                                Optional.empty(),
                                Optional.empty(),
                                "tenant",
                                "roles",
                                ROLES,
                                Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("consort.oidc.issuer")
                .hasMessageContaining("https");
    }

    private OidcTokens tokens(OidcSettings settings) {
        return new OidcTokens(settings, () -> now, nanos::get);
    }

    private OidcSettings settings() {
        return new OidcSettings(
                issuer.uri(),
                LocalIssuer.AUDIENCE,
                Optional.empty(),
                Optional.empty(),
                "tenant",
                "roles",
                ROLES,
                Duration.ofSeconds(60));
    }

    private Date ago(long seconds) {
        return Date.from(now.minusSeconds(seconds));
    }

    /** Who it is, once the issuer's keys are there. */
    private static Principal found(OidcTokens tokens, String token) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            try {
                return tokens.find(token).orElseThrow();
            } catch (ApiException refused) {
                if (refused.error().status() != 503 || System.nanoTime() > deadline) {
                    throw refused;
                }
                Thread.onSpinWait();
            }
        }
    }

    private static int refusal(OidcTokens tokens, String token) {
        return catchThrowableOfType(ApiException.class, () -> tokens.find(token)).error().status();
    }

    private static String unsigned() {
        return "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbm4ifQ.";
    }

    private static String tampered(String token) {
        String[] parts = token.split("\\.", -1);
        char first = parts[2].charAt(0);
        return parts[0] + "." + parts[1] + "." + (first == 'A' ? 'B' : 'A') + parts[2].substring(1);
    }
}
