package io.consort.service.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.consort.experts.guard.Health;
import io.consort.service.api.json.Json;
import io.consort.service.cluster.Neighbours;
import io.consort.service.cluster.NodeHealth;
import io.consort.service.roster.Roster;
import io.consort.service.tenant.Tenancy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Answers {@code GET /admin/v1/health/experts}: how nodes have seen the tenant's experts do. */
final class ExpertsHealthEndpoint {

    private static final double NANOS_PER_MILLI = 1e6;

    private final Callers callers;
    private final Neighbours neighbours;

    ExpertsHealthEndpoint(Callers callers, Neighbours neighbours) {
        this.callers = callers;
        this.neighbours = neighbours;
    }

    /** Lists the experts. */
    void list(Call call) {
        Tenancy tenancy = callers.tenancy(call);
        Roster roster = tenancy.roster();
        Replies.send(
                call.http(),
                Json.list(
                        roster.catalog().experts(),
                        (out, expert) ->
                                write(
                                        out,
                                        expert.id(),
                                        roster.health(expert.id()),
                                        neighbours.of(tenancy.tenant(), expert.id()))));
    }

    private static void write(
            JsonGenerator out, String id, Optional<Health> health, List<NodeHealth> elsewhere)
            throws IOException {
        out.writeStartObject();
        out.writeStringField("id", id);
        out.writeStringField("object", "consort.expert_health");
        out.writeBooleanField("usable", health.isPresent());
        if (health.isPresent()) {
            write(out, health.get());
        }
        if (!elsewhere.isEmpty()) {
            out.writeArrayFieldStart("nodes");
            for (NodeHealth node : elsewhere) {
                out.writeStartObject();
                out.writeStringField("node", node.node());
                out.writeNumberField("age_ms", node.ageMillis());
                write(out, node.health());
                out.writeEndObject();
            }
            out.writeEndArray();
        }
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, Health seen) throws IOException {
        out.writeStringField("circuit", seen.circuit().name().toLowerCase(Locale.ROOT));
        out.writeNumberField("attempts", seen.attempts());
        out.writeNumberField("success", Math.round(seen.success() * 1e4) / 1e4);
        milliseconds(out, "latency_ms", seen.latency());
        milliseconds(out, "p50_ms", seen.median());
        milliseconds(out, "p95_ms", seen.percentile95());
        out.writeNumberField("in_flight", seen.inFlight());
    }

    private static void milliseconds(JsonGenerator out, String field, Optional<Duration> time)
            throws IOException {
        out.writeFieldName(field);
        if (time.isPresent()) {
            out.writeNumber(Math.round(time.get().toNanos() / NANOS_PER_MILLI * 1e3) / 1e3);
        } else {
            out.writeNull();
        }
    }
}
