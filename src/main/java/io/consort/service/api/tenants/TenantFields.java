package io.consort.service.api.tenants;

import io.consort.service.api.ApiException;
import io.consort.service.api.json.BodyReader;
import io.consort.service.api.json.LimitsJson;
import io.consort.service.store.Tenants.State;
import java.util.Optional;

/**
 * What a request says of a tenant.
 *
 * @param state active or suspended
 * @param limits a JSON object
 */
record TenantFields(
        Optional<String> id,
        Optional<String> name,
        Optional<State> state,
        Optional<String> limits) {

    private static final int ID = 63;
    private static final int NAME = 200;

    /**
     * Reads a body; what it does not name is left out.
     *
     * @throws ApiException naming the field that cannot be accepted
     */
    static TenantFields read(byte[] body) {
        Optional<String> id = Optional.empty();
        Optional<String> name = Optional.empty();
        Optional<State> state = Optional.empty();
        Optional<String> limits = Optional.empty();
        try (BodyReader in = BodyReader.of(body)) {
            in.beginBody();
            while (in.nextField()) {
                if (in.isNull()) {
                    continue;
                }
                switch (in.name()) {
                    case "id" -> id = Optional.of(id(in.string()));
                    case "name" -> name = Optional.of(in.string(NAME));
                    case "state" -> state = Optional.of(state(in.string()));
                    case "limits" -> limits = Optional.of(LimitsJson.checked(in.object()));
                    default -> throw unknown(in.name());
                }
            }
            in.endBody();
        }
        return new TenantFields(id, name, state, limits);
    }

    private static String id(String id) {
        if (!isId(id)) {
            throw ApiException.invalid(
                    "id",
                    "`id` must have 1 to %d of the characters a-z, 0-9 and -, and begin with a letter."
                            .formatted(ID));
        }
        return id;
    }

    private static boolean isId(String id) {
        return !id.isEmpty()
                && id.length() <= ID
                && id.charAt(0) >= 'a'
                && id.charAt(0) <= 'z'
                && id.chars()
                        .allMatch(
                                c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
    }

    private static State state(String label) {
        return switch (label) {
            case "active" -> State.ACTIVE;
            case "suspended" -> State.SUSPENDED;
            default ->
                    throw ApiException.invalid(
                            "state",
                            "`state` must be active or suspended; DELETE removes a tenant.");
        };
    }

    private static ApiException unknown(String field) {
        return ApiException.invalid(
                Shown.cut(field),
                "unknown_field",
                "A tenant has no `%s`; it has id, name, state and limits."
                        .formatted(Shown.cut(field)));
    }
}
