package io.consort.service.security;

import com.nimbusds.jwt.JWTClaimsSet;
import io.consort.service.store.Principal;
import io.consort.service.store.Role;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a verified token says about its holder. */
final class Claims {

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_TENANT = 63;

    private Claims() {}

    /** The tenant that the token is for; empty when it names none, or none that can be. */
    static Optional<String> tenant(JWTClaimsSet claims, OidcSettings settings) {
        return settings.tenant()
                .or(() -> texts(value(claims, settings.tenantClaim())).findFirst())
                .filter(Claims::isTenant);
    }

    /** The highest of the roles that the token's values stand for. */
    static Optional<Role> role(JWTClaimsSet claims, OidcSettings settings) {
        return texts(value(claims, settings.roleClaim()))
                .map(settings.roles()::get)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder());
    }

    /** Who holds the token. */
    static Principal principal(JWTClaimsSet claims, String tenant, Role role) {
        String subject = String.valueOf(claims.getSubject());
        String name =
                subject.length() <= LONGEST_NAME ? subject : subject.substring(0, LONGEST_NAME);
        return new Principal(tenant, 0, "oidc:" + name, role);
    }

    /** A claim of that very name, or what the name's parts lead to. */
    private static @Nullable Object value(JWTClaimsSet claims, String path) {
        Object whole = claims.getClaim(path);
        if (whole != null) {
            return whole;
        }
        Object here = claims.getClaims();
        for (String part : path.split("\\.", -1)) {
            if (!(here instanceof Map<?, ?> object)) {
                return null;
            }
            here = object.get(part);
        }
        return here;
    }

    private static Stream<String> texts(@Nullable Object value) {
        return switch (value) {
            case null -> Stream.empty();
            case String text -> Stream.of(text);
            case List<?> list ->
                    list.stream().filter(String.class::isInstance).map(String.class::cast);
            default -> Stream.empty();
        };
    }

    private static boolean isTenant(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST_TENANT
                && text.chars()
                        .allMatch(letter ->
                                (letter >= 'a' && letter <= 'z')
                                        || (letter >= '0' && letter <= '9')
                                        || letter == '-'
                                        || letter == '_'
                                        || letter == '.');
    }
}
