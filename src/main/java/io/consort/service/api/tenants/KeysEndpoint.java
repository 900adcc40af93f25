package io.consort.service.api.tenants;

import com.fasterxml.jackson.core.JsonGenerator;
import io.consort.service.api.ApiError;
import io.consort.service.api.ApiException;
import io.consort.service.api.Call;
import io.consort.service.api.Replies;
import io.consort.service.api.json.Json;
import io.consort.service.store.KeyTable;
import io.consort.service.store.KeyTable.ApiKey;
import io.consort.service.store.KeyTable.Draft;
import io.consort.service.store.KeyTable.Made;
import io.consort.service.store.Principal;
import io.consort.service.store.Role;
import io.consort.service.tenant.Bell;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Answers {@code .../keys} and {@code .../keys/<key>}: the keys of one tenant. */
final class KeysEndpoint {

    private static final String PREFIX = "key_";

    private final KeyTable keys;
    private final Bell bell;
    private final Scope scope;
    private final Clock clock;

    KeysEndpoint(KeyTable keys, Bell bell, Scope scope, Clock clock) {
        this.keys = keys;
        this.bell = bell;
        this.scope = scope;
        this.clock = clock;
    }

    /** A key's id as clients see it; null for no key. */
    static Optional<String> id(long key) {
        return key == 0 ? Optional.empty() : Optional.of(PREFIX + key);
    }

    /** Lists the keys, revoked ones included. */
    void list(Call call) {
        scope.answer(call, keys::of, all -> Replies.send(call.http(), json(all)));
    }

    /** Makes a key; the answer is the only place where it is shown. */
    void create(Call call) {
        KeyFields given = KeyFields.read(call.body(), clock.instant());
        String name =
                given.name()
                        .orElseThrow(() ->
                                ApiException.missing("name", "say who or what the key is for"));
        Role role = given.role().orElse(Role.CHAT);
        requireCovered(call.caller(), role);
        scope.answer(
                call,
                tenant -> {
                    Draft draft =
                            new Draft(
                                    tenant,
                                    name,
                                    role,
                                    given.expires(),
                                    given.limits().orElse("{}"));
                    Made made = keys.create(draft, call.caller());
                    bell.ring(Bell.KEYS, tenant);
                    return made;
                },
                made -> {
                    call.http().response().setStatusCode(201);
                    reply(call, made.key(), Optional.of(made.secret()));
                });
    }

    /** Shows a key, without the key itself. */
    void show(Call call) {
        String id = named(call);
        scope.answer(
                call,
                tenant -> number(id, n -> keys.find(tenant, n)).orElseThrow(() -> missing(id)),
                key -> reply(call, key, Optional.empty()));
    }

    /** Changes what a key may use. */
    void limit(Call call) {
        KeyFields given = KeyFields.read(call.body(), clock.instant());
        if (given.name().isPresent() || given.role().isPresent() || given.expires().isPresent()) {
            throw ApiException.invalid(
                    "name",
                    "Only `limits` of a key can be changed; make another key and revoke this one.");
        }
        String limits =
                given.limits()
                        .orElseThrow(() -> ApiException.missing("limits", "send a JSON object"));
        String id = named(call);
        change(call, id, tenant -> number(id, n -> keys.limit(tenant, n, limits, call.caller())));
    }

    /** Turns a key away from now on. */
    void revoke(Call call) {
        String id = named(call);
        if (id(call.caller().keyId()).filter(id::equals).isPresent()) {
            throw TenantsEndpoint.conflict(
                    "key_in_use",
                    "A key cannot revoke itself; make another one and revoke this one with it.");
        }
        change(call, id, tenant -> number(id, n -> keys.revoke(tenant, n, call.caller())));
    }

    private void change(Call call, String id, Scope.Work<Optional<ApiKey>> change) {
        scope.answer(
                call,
                tenant -> {
                    ApiKey before =
                            number(id, n -> keys.find(tenant, n)).orElseThrow(() -> missing(id));
                    requireCovered(call.caller(), before.role());
                    ApiKey key = change.on(tenant).orElseThrow(() -> missing(id));
                    bell.ring(Bell.KEYS, tenant);
                    return key;
                },
                key -> reply(call, key, Optional.empty()));
    }

    private static void requireCovered(Principal caller, Role wanted) {
        if (!caller.role().covers(wanted)) {
            throw new ApiException(
                    new ApiError(
                            403,
                            ApiError.INVALID_REQUEST,
                            "A key with the role %s can neither make nor change keys with the role %s."
                                    .formatted(caller.role().label(), wanted.label()),
                            Optional.of("role"),
                            Optional.of("insufficient_role"),
                            Optional.empty()));
        }
    }

    private static String named(Call call) {
        return Optional.ofNullable(call.http().pathParam("key")).orElse("");
    }

    /** Looks for a key of ours. */
    @FunctionalInterface
    private interface Search {
        Optional<ApiKey> by(long number) throws SQLException;
    }

    private static Optional<ApiKey> number(String id, Search search) throws SQLException {
        OptionalLong number = parse(id);
        return number.isPresent() ? search.by(number.getAsLong()) : Optional.empty();
    }

    private static OptionalLong parse(String id) {
        if (!id.startsWith(PREFIX)) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(id.substring(PREFIX.length())));
        } catch (NumberFormatException foreign) {
            return OptionalLong.empty();
        }
    }

    private static ApiException missing(String id) {
        return new ApiException(
                new ApiError(
                        404,
                        ApiError.INVALID_REQUEST,
                        "There is no key \"%s\" that is good; GET .../keys lists all."
                                .formatted(Shown.cut(id)),
                        Optional.of("key"),
                        Optional.of("key_not_found"),
                        Optional.empty()));
    }

    private static void reply(Call call, ApiKey key, Optional<String> secret) {
        Replies.send(call.http(), Json.write(out -> write(out, key, secret)));
    }

    private static byte[] json(List<ApiKey> all) {
        return Json.list(all, (out, key) -> write(out, key, Optional.empty()));
    }

    private static void write(JsonGenerator out, ApiKey key, Optional<String> secret)
            throws IOException {
        out.writeStartObject();
        out.writeStringField("id", PREFIX + key.id());
        out.writeStringField("object", "consort.key");
        out.writeStringField("tenant", key.tenant());
        out.writeStringField("name", key.name());
        out.writeStringField("prefix", key.prefix());
        out.writeStringField("role", key.role().label());
        Shown.raw(out, "limits", key.limits());
        out.writeStringField("created", key.created().toString());
        Shown.instant(out, "expires", key.expires());
        Shown.instant(out, "revoked", key.revoked());
        if (secret.isPresent()) {
            out.writeStringField("key", secret.get());
        }
        out.writeEndObject();
    }
}
