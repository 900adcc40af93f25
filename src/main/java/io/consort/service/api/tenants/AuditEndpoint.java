package io.consort.service.api.tenants;

import com.fasterxml.jackson.core.JsonGenerator;
import io.consort.service.api.Call;
import io.consort.service.api.Replies;
import io.consort.service.api.json.Json;
import io.consort.service.store.Audit;
import io.consort.service.store.Audit.Entry;
import java.io.IOException;

/** Answers {@code .../audit}: who changed what of a tenant. */
final class AuditEndpoint {

    private final Audit audit;
    private final Scope scope;

    AuditEndpoint(Audit audit, Scope scope) {
        this.audit = audit;
        this.scope = scope;
    }

    /** Lists changes, the newest first. */
    void list(Call call) {
        int limit = Query.limit(call);
        long before = Query.before(call);
        scope.answer(
                call,
                tenant -> audit.of(tenant, before, limit),
                entries -> Replies.send(call.http(), Json.list(entries, AuditEndpoint::write)));
    }

    private static void write(JsonGenerator out, Entry entry) throws IOException {
        out.writeStartObject();
        out.writeStringField("id", Long.toString(entry.id()));
        out.writeStringField("object", "consort.change");
        out.writeStringField("tenant", entry.tenant());
        out.writeStringField("action", entry.action());
        out.writeStringField("subject", entry.subject());
        Shown.raw(out, "detail", entry.detail());
        out.writeObjectFieldStart("actor");
        out.writeStringField("tenant", entry.actorTenant());
        Json.writeOptional(out, "key", KeysEndpoint.id(entry.actorKey()));
        out.writeStringField("name", entry.actor());
        out.writeEndObject();
        out.writeStringField("created", entry.created().toString());
        out.writeEndObject();
    }
}
