package io.consort.service;

import io.consort.service.api.Tokens;
import io.consort.service.security.OidcSettings;
import io.consort.service.security.OidcTokens;
import io.consort.service.store.Role;
import java.time.InstantSource;
import java.util.Map;

/** The issuer of bearer tokens that is configured. */
final class Issuer {

    private static final Map<String, Role> USUAL =
            Map.of("consort-chat", Role.CHAT, "consort-admin", Role.ADMIN);

    private Issuer() {}

    /** Its tokens; none where no issuer is named. */
    static Tokens tokens(ConsortConfig.Oidc oidc, InstantSource clock) {
        if (oidc.issuer().isEmpty()) {
            return Tokens.NONE;
        }
        OidcSettings settings =
                new OidcSettings(
                        oidc.issuer().get(),
                        oidc.audience().orElse(""),
                        oidc.jwks(),
                        oidc.tenant(),
                        oidc.tenantClaim(),
                        oidc.roleClaim(),
                        oidc.roles().isEmpty() ? USUAL : oidc.roles(),
                        oidc.clockSkew());
        return new OidcTokens(settings, clock, System::nanoTime);
    }
}
