package io.consort.service.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.consort.runtime.engine.EngineModel;
import io.consort.runtime.local.LocalReport;
import io.consort.runtime.tiers.Residency.Standing;
import io.consort.service.api.json.Json;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Supplier;

/** Answers {@code GET /admin/v1/runtime}: what runs inside this process, and where. */
final class RuntimeEndpoint {

    private final Supplier<LocalReport> reports;

    RuntimeEndpoint(Supplier<LocalReport> reports) {
        this.reports = reports;
    }

    void show(Call call) {
        LocalReport report = reports.get();
        Replies.send(
                call.http(),
                Json.write(out -> {
                    out.writeStartObject();
                    out.writeStringField("object", "consort.runtime");
                    out.writeStringField("cuda", report.cuda());
                    out.writeArrayFieldStart("models");
                    for (LocalReport.Model model : report.models()) {
                        write(out, model);
                    }
                    out.writeEndArray();
                    out.writeEndObject();
                }));
    }

    private static void write(JsonGenerator out, LocalReport.Model model) throws IOException {
        out.writeStartObject();
        out.writeArrayFieldStart("experts");
        for (String expert : model.experts()) {
            out.writeString(expert);
        }
        out.writeEndArray();
        out.writeStringField("backend", model.backend());
        out.writeNumberField("weight_bytes", model.weightBytes());
        EngineModel.Load load = model.load();
        out.writeNumberField("running", load.running());
        out.writeNumberField("waiting", load.waiting());
        out.writeNumberField("cache_blocks", load.blocks());
        out.writeNumberField("free_cache_blocks", load.freeBlocks());
        if (model.standing().isPresent()) {
            Standing standing = model.standing().get();
            out.writeStringField("tier", standing.tier().name().toLowerCase(Locale.ROOT));
            out.writeBooleanField("pinned_copy", standing.copied());
            out.writeBooleanField("moving", standing.moving());
            out.writeNumberField("seconds_to_device", standing.secondsToDevice());
        }
        out.writeEndObject();
    }
}
