package io.consort.service.security;

import io.consort.service.store.Role;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Whose tokens are taken, and what their claims mean.
 *
 * @param issuer as tokens name it; its keys are found by its discovery document
 * @param audience that tokens must be meant for
 * @param jwks where the issuer's keys are, when it has no discovery document
 * @param tenant the tenant of every token, instead of a claim
 * @param tenantClaim the claim that names the tenant; dots lead into objects
 * @param roleClaim the claim with a value or values that stand for roles; dots lead into objects
 * @param roles what the values of the role claim stand for
 * @param clockSkew by how much the issuer's clock may differ
 */
public record OidcSettings(
        URI issuer,
        String audience,
        Optional<URI> jwks,
        Optional<String> tenant,
        String tenantClaim,
        String roleClaim,
        Map<String, Role> roles,
        Duration clockSkew) {

    /**
     * @throws IllegalArgumentException naming the setting and the remedy
     */
    public OidcSettings {
        roles = Map.copyOf(roles);
        safe("consort.oidc.issuer", issuer);
        jwks = jwks.map(keys -> safe("consort.oidc.jwks", keys));
        if (audience.isBlank()) {
            throw new IllegalArgumentException(
                    "`consort.oidc.audience` is missing; name the audience that the issuer gives to tokens for this service");
        }
    }

    /**
     * The address itself; keys that come unencrypted from elsewhere could be anybody's.
     *
     * @throws IllegalArgumentException naming what is named so
     */
    static URI safe(String name, URI address) {
        boolean encrypted = "https".equals(address.getScheme());
        if (address.getHost() == null || !(encrypted || isHere(address))) {
            throw new IllegalArgumentException(
                    "`%s` is \"%s\"; write an https URL (http is allowed on this machine only)"
                            .formatted(name, address));
        }
        return address;
    }

    private static boolean isHere(URI address) {
        try {
            return "http".equals(address.getScheme())
                    && Arrays.stream(InetAddress.getAllByName(address.getHost()))
                            .allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException _) {
            return false;
        }
    }
}
