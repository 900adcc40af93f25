package io.consort.service.security;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Starts an issuer and has the service take its tokens. */
public final class IssuerStage implements QuarkusTestResourceLifecycleManager {

    private static volatile @Nullable LocalIssuer issuer;

    static LocalIssuer issuer() {
        return Optional.ofNullable(issuer).orElseThrow();
    }

    @Override
    public Map<String, String> start() {
        LocalIssuer started = LocalIssuer.start();
        issuer = started;
        return Map.of(
                "consort.oidc.issuer",
                started.uri().toString(),
                "consort.oidc.audience",
                LocalIssuer.AUDIENCE,
                "consort.oidc.roles.consort-chat",
                "chat",
                "consort.oidc.roles.consort-admin",
                "admin");
    }

    @Override
    public void stop() {
        issuer().close();
    }
}
