package io.consort.service.api.tenants;

import com.fasterxml.jackson.core.JsonGenerator;
import io.consort.service.api.ApiError;
import io.consort.service.api.ApiException;
import io.consort.service.api.Call;
import io.consort.service.api.Replies;
import io.consort.service.api.json.Json;
import io.consort.service.store.Keys;
import io.consort.service.store.Tenants;
import io.consort.service.store.Tenants.Change;
import io.consort.service.store.Tenants.State;
import io.consort.service.store.Tenants.Tenant;
import io.consort.service.tenant.Bell;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Answers {@code /admin/v1/tenants} and {@code /admin/v1/tenants/<tenant>}, for root. */
final class TenantsEndpoint {

    private final Tenants tenants;
    private final Bell bell;
    private final Scope scope;

    TenantsEndpoint(Tenants tenants, Bell bell, Scope scope) {
        this.tenants = tenants;
        this.bell = bell;
        this.scope = scope;
    }

    /** Lists the tenants. */
    void list(Call call) {
        scope.answer(call, _ -> tenants.all(), all -> Replies.send(call.http(), json(all)));
    }

    /** Makes a tenant, which is at work, with an empty catalog, when the answer comes. */
    void create(Call call) {
        TenantFields given = TenantFields.read(call.body());
        String id =
                given.id().orElseThrow(() -> ApiException.missing("id", "send the tenant's id"));
        if (given.state().isPresent()) {
            throw ApiException.invalid("state", "A new tenant is active; leave `state` out.");
        }
        scope.answer(
                call,
                _ -> {
                    Tenant made =
                            tenants.create(
                                            id,
                                            given.name().orElse(id),
                                            given.limits().orElse("{}"),
                                            call.caller())
                                    .orElseThrow(() -> taken(id));
                    bell.ring(Bell.TENANTS, id);
                    return made;
                },
                made -> {
                    call.http()
                            .response()
                            .setStatusCode(201)
                            .putHeader("location", "/admin/v1/tenants/" + id);
                    reply(call, made);
                });
    }

    /** Shows a tenant. */
    void show(Call call) {
        scope.answer(
                call,
                id -> tenants.find(id).orElseThrow(() -> Scope.missing(id)),
                tenant -> reply(call, tenant));
    }

    /** Changes a tenant's name, state or limits. */
    void change(Call call) {
        TenantFields given = TenantFields.read(call.body());
        if (given.id().isPresent()) {
            throw ApiException.invalid("id", "A tenant's `id` cannot be changed; leave it out.");
        }
        if (given.name().isEmpty() && given.state().isEmpty() && given.limits().isEmpty()) {
            throw ApiException.missing("name", "send a name, a `state` or `limits`");
        }
        change(call, new Change(given.name(), given.state(), given.limits()));
    }

    /** Removes a tenant for good; what is recorded of it stays. */
    void remove(Call call) {
        change(call, new Change(Optional.empty(), Optional.of(State.REMOVED), Optional.empty()));
    }

    private void change(Call call, Change change) {
        scope.answer(
                call,
                id -> {
                    requireAnother(id, change);
                    Tenant changed =
                            tenants.change(id, change, call.caller())
                                    .orElseThrow(() -> removed(id));
                    bell.ring(Bell.TENANTS, id);
                    return changed;
                },
                changed -> reply(call, changed));
    }

    /** The first tenant holds the keys with which everything is administered. */
    private static void requireAnother(String id, Change change) throws SQLException {
        boolean ends = change.state().isPresent() && change.state().get() != State.ACTIVE;
        if (ends && id.equals(Keys.DEFAULT_TENANT)) {
            throw conflict(
                    "tenant_needed",
                    "The tenant \"%s\" can be neither suspended nor removed: its keys administer the service."
                            .formatted(id));
        }
    }

    private static ApiException taken(String id) {
        return conflict(
                "tenant_exists",
                "There is or was a tenant \"%s\"; choose another `id`.".formatted(id));
    }

    private static ApiException removed(String id) {
        return conflict(
                "tenant_removed",
                "The tenant \"%s\" is removed; it cannot be changed any more.".formatted(id));
    }

    static ApiException conflict(String code, String message) {
        return new ApiException(ApiError.of(409, ApiError.INVALID_REQUEST, code, message));
    }

    private static void reply(Call call, Tenant tenant) {
        Replies.send(call.http(), Json.write(out -> write(out, tenant)));
    }

    private static byte[] json(List<Tenant> all) {
        return Json.list(all, TenantsEndpoint::write);
    }

    private static void write(JsonGenerator out, Tenant tenant) throws IOException {
        out.writeStartObject();
        out.writeStringField("id", tenant.id());
        out.writeStringField("object", "consort.tenant");
        out.writeStringField("name", tenant.name());
        out.writeStringField("state", tenant.state().label());
        Shown.raw(out, "limits", tenant.limits());
        out.writeStringField("created", tenant.created().toString());
        out.writeEndObject();
    }
}
