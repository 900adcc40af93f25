package io.consort.service.api.tenants;

import io.consort.service.api.ApiException;
import io.consort.service.api.json.BodyReader;
import io.consort.service.api.json.LimitsJson;
import io.consort.service.store.Role;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * What a request says of a key.
 *
 * @param limits a JSON object
 */
record KeyFields(
        Optional<String> name,
        Optional<Role> role,
        Optional<Instant> expires,
        Optional<String> limits) {

    private static final int NAME = 200;

    /**
     * Reads a body; what it does not name is left out.
     *
     * @throws ApiException naming the field that cannot be accepted
     */
    static KeyFields read(byte[] body, Instant now) {
        Optional<String> name = Optional.empty();
        Optional<Role> role = Optional.empty();
        Optional<Instant> expires = Optional.empty();
        Optional<String> limits = Optional.empty();
        try (BodyReader in = BodyReader.of(body)) {
            in.beginBody();
            while (in.nextField()) {
                if (in.isNull()) {
                    continue;
                }
                switch (in.name()) {
                    case "name" -> name = Optional.of(name(in.string(NAME)));
                    case "role" -> role = Optional.of(role(in.string()));
                    case "expires" -> expires = Optional.of(expires(in.string(), now));
                    case "limits" -> limits = Optional.of(LimitsJson.checked(in.object()));
                    default -> throw unknown(in.name());
                }
            }
            in.endBody();
        }
        return new KeyFields(name, role, expires, limits);
    }

    private static String name(String name) {
        if (name.isBlank()) {
            throw ApiException.invalid("name", "`name` is empty; say who or what the key is for.");
        }
        return name.strip();
    }

    private static Role role(String label) {
        return Role.named(label)
                .orElseThrow(
                        () -> ApiException.invalid("role", "`role` must be chat, admin or root."));
    }

    private static Instant expires(String text, Instant now) {
        Instant expires;
        try {
            expires = OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException malformed) {
            throw ApiException.invalid(
                    "expires",
                    "`expires` must be a time with its offset, as in 2027-01-31T00:00:00Z.");
        }
        if (!expires.isAfter(now)) {
            throw ApiException.invalid("expires", "`expires` is over already; send a later time.");
        }
        return expires;
    }

    private static ApiException unknown(String field) {
        return ApiException.invalid(
                Shown.cut(field),
                "unknown_field",
                "A key has no `%s` that can be set; it has name, role, expires and limits."
                        .formatted(Shown.cut(field)));
    }
}
