package io.consort.service.security;

import com.nimbusds.jwt.JWTClaimsSet;
import io.consort.service.api.ApiError;
import io.consort.service.api.ApiException;
import io.consort.service.api.Replies;
import io.consort.service.api.Tokens;
import io.consort.service.store.Principal;
import io.consort.service.store.Role;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Knows callers by the bearer tokens of an OpenID Connect issuer. A token is verified when it is seen
 * first and remembered by its hash until it expires or the issuer's keys are fetched anew. Thread-safe.
 */
public final class OidcTokens implements Tokens {

    private static final int REMEMBERED = 10_000;

    private final OidcSettings settings;
    private final IssuerKeys keys;
    private final TokenVerifier verifier;
    private final InstantSource clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    private record Known(Principal holder, Instant expiry, IssuerKeys.Fetched by) {}

    /** Tokens of this issuer, whose keys are being fetched from now on. */
    public OidcTokens(OidcSettings settings, InstantSource clock, LongSupplier nanoTime) {
        this.settings = settings;
        this.clock = clock;
        keys = new IssuerKeys(settings, nanoTime);
        verifier = new TokenVerifier(settings, clock);
        keys.fetchSoon();
    }

    @Override
    public Optional<Principal> find(String token) {
        if (token.indexOf('.') < 0) {
            return Optional.empty();
        }
        IssuerKeys.Fetched current = keys.current();
        if (current == null) {
            keys.fetchSoon();
            throw new ApiException(
                    Replies.overloaded("The issuer's keys are not known yet; try again."));
        }
        String hash = hash(token);
        Known before = known.get(hash);
        if (before != null
                && before.by().at() == current.at()
                && clock.instant().isBefore(before.expiry())) {
            return Optional.of(before.holder());
        }
        known.remove(hash);
        Known now = verified(token, current);
        if (known.size() >= REMEMBERED) {
            known.clear();
        }
        known.put(hash, now);
        return Optional.of(now.holder());
    }

    private Known verified(String token, IssuerKeys.Fetched current) {
        try {
            JWTClaimsSet claims = verifier.verify(token, current.keys());
            String tenant =
                    Claims.tenant(claims, settings)
                            .orElseThrow(() ->
                                    refused(
                                            401,
                                            "The token names no tenant in its claim `%s`."
                                                    .formatted(settings.tenantClaim())));
            Role role =
                    Claims.role(claims, settings)
                            .orElseThrow(() ->
                                    refused(
                                            403,
                                            "The token has no role for this service in its claim `%s`."
                                                    .formatted(settings.roleClaim())));
            Instant expiry = TokenVerifier.expiry(claims).plus(settings.clockSkew());
            return new Known(Claims.principal(claims, tenant, role), expiry, current);
        } catch (TokenVerifier.RefusedException refusal) {
            boolean fetching = refusal.isKeyUnknown() && keys.fetchSoon();
            IssuerKeys.Fetched newer = keys.current();
            if (refusal.isKeyUnknown() && newer != null && newer.at() != current.at()) {
                return verified(token, newer);
            }
            if (fetching) {
                throw new ApiException(
                        Replies.overloaded("The issuer's keys are being fetched; try again."));
            }
            throw refused(401, "The token is not accepted: %s.".formatted(refusal.getMessage()));
        }
    }

    private static ApiException refused(int status, String message) {
        String code = status == 401 ? "invalid_token" : "insufficient_role";
        return new ApiException(ApiError.of(status, ApiError.INVALID_REQUEST, code, message));
    }

    private static String hash(String token) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
