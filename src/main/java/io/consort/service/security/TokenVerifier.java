package io.consort.service.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * Verifies signed tokens (RFC 7519) by an issuer's public keys. Only signatures by asymmetric keys
 * count, and only those algorithms that are listed here; what a token says of its own key is not
 * believed. Immutable.
 */
final class TokenVerifier {

    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(
                    JWSAlgorithm.RS256,
                    JWSAlgorithm.RS384,
                    JWSAlgorithm.RS512,
                    JWSAlgorithm.PS256,
                    JWSAlgorithm.PS384,
                    JWSAlgorithm.PS512,
                    JWSAlgorithm.ES256,
                    JWSAlgorithm.ES384,
                    JWSAlgorithm.ES512);
    private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");

    private final DefaultJWSVerifierFactory verifiers = new DefaultJWSVerifierFactory();
    private final DefaultJWTClaimsVerifier<?> claims;

    /** A token is not accepted. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final boolean keyUnknown;

        RefusedException(String message, boolean keyUnknown) {
            super(message);
            this.keyUnknown = keyUnknown;
        }

        /** Whether the issuer may have a newer key that verifies it. */
        boolean isKeyUnknown() {
            return keyUnknown;
        }
    }

    TokenVerifier(OidcSettings settings, InstantSource clock) {
        this.claims =
                new DefaultJWTClaimsVerifier<>(
                        settings.audience(),
                        new JWTClaimsSet.Builder().issuer(settings.issuer().toString()).build(),
                        Set.of("sub", "exp")) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(clock.instant());
                    }
                };
        this.claims.setMaxClockSkew((int) settings.clockSkew().toSeconds());
    }

    /**
     * The claims of a token that is signed by one of the keys, meant for us, and valid now.
     *
     * @throws RefusedException saying in words for the caller why it is not accepted
     */
    JWTClaimsSet verify(String token, JWKSet keys) throws RefusedException {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            requireKnownForm(jwt.getHeader());
            requireSignature(jwt, keys);
            JWTClaimsSet set = jwt.getJWTClaimsSet();
            claims.verify(set, null);
            return set;
        } catch (ParseException malformed) {
            throw new RefusedException("it is no signed JSON web token", false);
        } catch (BadJWTException claim) {
            throw new RefusedException(String.valueOf(claim.getMessage()), false);
        }
    }

    /** Until when the claims are good. */
    static Instant expiry(JWTClaimsSet claims) {
        return Objects.requireNonNull(claims.getExpirationTime()).toInstant();
    }

    private static void requireKnownForm(JWSHeader header) throws RefusedException {
        if (!ALGORITHMS.contains(header.getAlgorithm())) {
            throw new RefusedException(
                    "its algorithm %s is not accepted".formatted(header.getAlgorithm()), false);
        }
        JOSEObjectType type = header.getType();
        if (type != null && !TYPES.contains(type.getType().toLowerCase(Locale.ROOT))) {
            throw new RefusedException("it is a token of another type", false);
        }
    }

    private void requireSignature(SignedJWT jwt, JWKSet keys) throws RefusedException {
        List<JWK> fitting =
                new JWKSelector(Objects.requireNonNull(JWKMatcher.forJWSHeader(jwt.getHeader())))
                        .select(keys);
        if (fitting.isEmpty()) {
            throw new RefusedException("none of the issuer's keys fits it", true);
        }
        for (JWK key : fitting) {
            if (key instanceof AsymmetricJWK pair && isSignedBy(jwt, pair)) {
                return;
            }
        }
        throw new RefusedException("its signature is wrong", false);
    }

    private boolean isSignedBy(SignedJWT jwt, AsymmetricJWK key) {
        try {
            return jwt.verify(verifiers.createJWSVerifier(jwt.getHeader(), key.toPublicKey()));
        } catch (JOSEException unfit) {
            return false;
        }
    }
}
