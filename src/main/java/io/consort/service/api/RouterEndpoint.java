package io.consort.service.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.consort.router.policy.Policy;
import io.consort.service.api.json.Json;
import io.consort.service.roster.Roster;
import io.consort.service.store.Audit;
import io.consort.service.store.Audit.Deed;
import io.consort.service.store.RouterVersions;
import io.consort.service.store.RouterVersions.Version;
import io.consort.service.tenant.Lease;
import io.consort.service.tenant.Tenancy;
import io.consort.service.training.RouterTraining.Status;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Answers {@code GET /admin/v1/router} and {@code POST /admin/v1/router/train}. */
final class RouterEndpoint {

    private final Callers callers;
    private final RouterVersions versions;
    private final Audit audit;

    RouterEndpoint(Callers callers, RouterVersions versions, Audit audit) {
        this.callers = callers;
        this.versions = versions;
        this.audit = audit;
    }

    /** Says how far a training is, which versions there are and what policies decide now. */
    void show(Call call) {
        show(call, List.of());
    }

    private void show(Call call, List<Deed> deeds) {
        Tenancy tenancy = callers.tenancy(call);
        // Before the versions: whoever is told that nothing runs is told of the last version too.
        Status status = tenancy.training().status();
        Pending.await(
                call,
                Background.run(() -> {
                    for (Deed deed : deeds) {
                        audit.note(deed);
                    }
                    return versions.of(call.caller().tenant());
                }),
                known -> Replies.send(call.http(), json(tenancy.roster(), status, known)));
    }

    /** Begins a training in the background, also from the body's {@code unlabelled} prompts. */
    void train(Call call) {
        List<String> unlabelled =
                call.body().length == 0
                        ? List.of()
                        : QueriesField.read(call.body(), "unlabelled").orElse(List.of());
        Lease lease = callers.lease(call);
        if (!lease.tenancy().training().start(unlabelled, lease::close)) {
            lease.close();
            throw new ApiException(
                    ApiError.of(
                            409,
                            ApiError.INVALID_REQUEST,
                            "training_running",
                            "The router is being trained already; wait until GET /admin/v1/router"
                                    + " says that it is idle."));
        }
        call.http().response().setStatusCode(202).putHeader("location", "/admin/v1/router");
        String tenant = call.caller().tenant();
        show(call, List.of(new Deed(tenant, call.caller(), "router.train", tenant, "{}")));
    }

    private static byte[] json(Roster roster, Status status, List<Version> known) {
        return Json.write(out -> {
            out.writeStartObject();
            out.writeStringField("object", "consort.router");
            out.writeObjectFieldStart("training");
            out.writeStringField("state", status.state().name().toLowerCase(Locale.ROOT));
            out.writeStringField("step", status.step());
            out.writeEndObject();
            out.writeNumberField("live_version", known.isEmpty() ? 0 : known.getFirst().version());
            out.writeArrayFieldStart("versions");
            for (Version version : known) {
                write(out, version);
            }
            out.writeEndArray();
            out.writeArrayFieldStart("policies");
            for (Policy policy : roster.router().policies()) {
                write(out, policy);
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    private static void write(JsonGenerator out, Version version) throws IOException {
        out.writeStartObject();
        out.writeNumberField("version", version.version());
        out.writeStringField("created", version.created().toString());
        out.writeFieldName("report");
        out.writeRawValue(version.report());
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, Policy policy) throws IOException {
        out.writeStartObject();
        out.writeStringField("id", policy.id());
        out.writeStringField("version", policy.version());
        out.writeStringField("tier", policy.tier().name().toLowerCase(Locale.ROOT));
        out.writeArrayFieldStart("artefacts");
        for (String artefact : policy.artefacts()) {
            out.writeString(artefact);
        }
        out.writeEndArray();
        out.writeEndObject();
    }
}
