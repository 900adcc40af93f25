package io.consort.service.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** An OpenID Connect issuer on this machine, with keys that a test can change. */
final class LocalIssuer implements AutoCloseable {

    static final String AUDIENCE = "consort";

    private final HttpServer server;
    private final AtomicInteger fetches = new AtomicInteger();
    private volatile RSAKey rsa;
    private volatile ECKey ec;
    private volatile String named;

    private LocalIssuer(HttpServer server, RSAKey rsa, ECKey ec) {
        this.server = server;
        this.rsa = rsa;
        this.ec = ec;
        this.named = uri().toString();
    }

    /** An issuer on a free port. */
    static LocalIssuer start() {
        try {
            HttpServer server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            LocalIssuer issuer =
                    new LocalIssuer(
                            server,
                            new RSAKeyGenerator(2048).keyID("rsa-1").generate(),
                            new ECKeyGenerator(Curve.P_256).keyID("ec-1").generate());
            server.createContext(
                    "/realm/.well-known/openid-configuration",
                    exchange -> answer(exchange, issuer.document()));
            server.createContext("/realm/keys", issuer::keys);
            server.start();
            return issuer;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (JOSEException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** What tokens and settings call it. */
    URI uri() {
        return URI.create("http://127.0.0.1:%d/realm".formatted(server.getAddress().getPort()));
    }

    /** How often its keys were fetched. */
    int fetches() {
        return fetches.get();
    }

    /** Takes other keys, under other names. */
    void rotate(String suffix) throws JOSEException {
        rsa = new RSAKeyGenerator(2048).keyID("rsa-" + suffix).generate();
        ec = new ECKeyGenerator(Curve.P_256).keyID("ec-" + suffix).generate();
    }

    /** Says in its discovery document that it is another. */
    void pretends(String issuer) {
        named = issuer;
    }

    /** A good token with changes, signed by RSA. */
    String token(UnaryOperator<JWTClaimsSet.Builder> changes) {
        return signed(rsa, changes);
    }

    /** A good token with changes, signed by an elliptic curve. */
    String curveToken(UnaryOperator<JWTClaimsSet.Builder> changes) {
        try {
            SignedJWT token =
                    new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.ES256)
                                    .type(new JOSEObjectType("at+jwt"))
                                    .keyID(ec.getKeyID())
                                    .build(),
                            changes.apply(good()).build());
            token.sign(new ECDSASigner(ec));
            return token.serialize();
        } catch (JOSEException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** A token that says that it is signed by the key of this name, but is by another. */
    String forged() {
        try {
            RSAKey other = new RSAKeyGenerator(2048).keyID(rsa.getKeyID()).generate();
            return signed(other, UnaryOperator.identity());
        } catch (JOSEException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** A token that is signed with the public key's bytes as if they were a shared secret. */
    String confused() {
        try {
            SignedJWT token =
                    new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(rsa.getKeyID()).build(),
                            good().build());
            token.sign(new MACSigner(rsa.toRSAPublicKey().getEncoded()));
            return token.serialize();
        } catch (JOSEException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private String signed(RSAKey key, UnaryOperator<JWTClaimsSet.Builder> changes) {
        try {
            SignedJWT token =
                    new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.RS256)
                                    .type(JOSEObjectType.JWT)
                                    .keyID(key.getKeyID())
                                    .build(),
                            changes.apply(good()).build());
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private JWTClaimsSet.Builder good() {
        return new JWTClaimsSet.Builder()
                .issuer(uri().toString())
                .audience(AUDIENCE)
                .subject("ann")
                .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                .claim("tenant", "default")
                .claim("roles", List.of("consort-chat"));
    }

    private String document() {
        return "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\"}".formatted(named, uri());
    }

    private void keys(HttpExchange exchange) throws IOException {
        fetches.incrementAndGet();
        answer(exchange, new JWKSet(List.of(rsa, ec)).toString());
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        try (exchange) {
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
