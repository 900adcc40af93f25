package io.consort.service.api.tenants;

import com.fasterxml.jackson.core.JsonGenerator;
import io.consort.experts.chat.Usage;
import io.consort.service.api.ApiError;
import io.consort.service.api.ApiException;
import io.consort.service.api.Call;
import io.consort.service.api.Replies;
import io.consort.service.api.json.Json;
import io.consort.service.store.DecisionRow;
import io.consort.service.store.DecisionRow.Failure;
import io.consort.service.store.Decisions;
import io.consort.service.store.Decisions.Told;
import io.consort.service.store.Feedback;
import io.consort.service.store.Ids;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Answers {@code .../decisions} and {@code .../decisions/<id>}: what became of requests. */
final class DecisionsEndpoint {

    private static final double MICROS = 1e3;

    private final Decisions decisions;
    private final Scope scope;

    DecisionsEndpoint(Decisions decisions, Scope scope) {
        this.decisions = decisions;
        this.scope = scope;
    }

    /** Lists decisions, the newest first. */
    void list(Call call) {
        int limit = Query.limit(call);
        long before = Query.before(call);
        scope.answer(
                call,
                tenant -> decisions.of(tenant, before, limit),
                page -> Replies.send(call.http(), Json.list(page, DecisionsEndpoint::element)));
    }

    private static void element(JsonGenerator out, DecisionRow row) throws IOException {
        out.writeStartObject();
        write(out, row);
        out.writeEndObject();
    }

    /** Shows a decision with its attempts and its feedback. */
    void show(Call call) {
        String id = Optional.ofNullable(call.http().pathParam("id")).orElse("");
        scope.answer(
                call,
                tenant -> find(tenant, id),
                told ->
                        Replies.send(
                                call.http(),
                                Json.write(out -> {
                                    out.writeStartObject();
                                    write(out, told.row());
                                    attempts(out, told);
                                    feedback(out, told);
                                    out.writeEndObject();
                                })));
    }

    private Told find(String tenant, String id) throws SQLException {
        OptionalLong number = Ids.parse(id);
        Optional<Told> found =
                number.isPresent() ? decisions.find(tenant, number.getAsLong()) : Optional.empty();
        return found.orElseThrow(() ->
                new ApiException(
                        new ApiError(
                                404,
                                ApiError.INVALID_REQUEST,
                                "There is no decision \"%s\"; send the x-consort-decision of an answer."
                                        .formatted(Shown.cut(id)),
                                Optional.of("id"),
                                Optional.of("decision_not_found"),
                                Optional.empty())));
    }

    private static void write(JsonGenerator out, DecisionRow row) throws IOException {
        out.writeStringField("id", Ids.decision(row.id()));
        out.writeStringField("object", "consort.record");
        out.writeStringField("created", Ids.instant(row.id()).toString());
        Json.writeOptional(out, "key", KeysEndpoint.id(row.keyId()));
        Json.writeOptional(out, "upstream_id", row.upstreamId());
        out.writeStringField("model", row.asked());
        out.writeStringField("policy", row.policy());
        out.writeStringField("policy_version", row.policyVersion());
        out.writeStringField("category", row.category());
        out.writeNumberField("probability", row.probability());
        out.writeNumberField("propensity", row.propensity());
        out.writeStringField("expert", row.expert());
        out.writeStringField("outcome", row.outcome().label());
        usage(out, row.usage());
        out.writeNumberField("cost_usd", row.costUsd());
        out.writeNumberField("overhead_ms", row.overheadMicros() / MICROS);
        out.writeNumberField("first_ms", row.firstMicros() / MICROS);
        out.writeNumberField("total_ms", row.totalMicros() / MICROS);
    }

    private static void usage(JsonGenerator out, Optional<Usage> usage) throws IOException {
        out.writeFieldName("usage");
        if (usage.isEmpty()) {
            out.writeNull();
            return;
        }
        out.writeStartObject();
        out.writeNumberField("prompt_tokens", usage.get().promptTokens());
        out.writeNumberField("completion_tokens", usage.get().completionTokens());
        out.writeEndObject();
    }

    private static void attempts(JsonGenerator out, Told told) throws IOException {
        out.writeArrayFieldStart("attempts");
        for (Failure failure : told.row().failures()) {
            out.writeStartObject();
            out.writeStringField("expert", failure.expert());
            out.writeStringField("failure", failure.kind().toLowerCase(Locale.ROOT));
            out.writeStringField("message", failure.message());
            usage(out, failure.usage());
            out.writeNumberField("cost_usd", failure.costUsd());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void feedback(JsonGenerator out, Told told) throws IOException {
        out.writeArrayFieldStart("feedback");
        for (Feedback feedback : told.feedback()) {
            out.writeStartObject();
            out.writeFieldName("score");
            if (feedback.score().isPresent()) {
                out.writeNumber(feedback.score().getAsDouble());
            } else {
                out.writeNull();
            }
            Json.writeOptional(out, "label", feedback.label());
            Json.writeOptional(out, "comment", feedback.comment());
            out.writeStringField("created", feedback.at().toString());
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
