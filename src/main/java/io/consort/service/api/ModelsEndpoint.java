package io.consort.service.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.consort.experts.Expert;
import io.consort.experts.ExpertSource;
import io.consort.service.api.json.Json;
import io.consort.service.roster.Roster;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Answers {@code GET /v1/models} and {@code GET /v1/models/<id>}. */
final class ModelsEndpoint {

    /** What precedes a model's id. */
    static final String PATH = "/v1/models/";

    private final Callers callers;
    private final long created;

    /**
     * The models of whoever calls.
     *
     * @param created seconds since 1970 at which the service began
     */
    ModelsEndpoint(Callers callers, long created) {
        this.callers = callers;
        this.created = created;
    }

    /** Lists everything that a request may name as its model. */
    void list(Call call) {
        Roster roster = callers.tenancy(call).roster();
        Replies.send(
                call.http(), Json.list(roster.models(), (out, model) -> write(out, roster, model)));
    }

    /** Describes one of them. */
    void find(Call call) {
        Roster roster = callers.tenancy(call).roster();
        String model = named(call);
        if (roster.policy(model).isEmpty()) {
            throw Models.unknown(roster, model);
        }
        Replies.send(call.http(), Json.write(out -> write(out, roster, model)));
    }

    /** Ids of policies have a slash, which some clients escape and others do not. */
    private static String named(Call call) {
        String rest = call.http().normalizedPath().substring(PATH.length());
        try {
            return URLDecoder.decode(rest, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return rest;
        }
    }

    private void write(JsonGenerator out, Roster roster, String model) throws IOException {
        out.writeStartObject();
        out.writeStringField("id", model);
        out.writeStringField("object", "model");
        out.writeNumberField("created", created);
        out.writeStringField("owned_by", owner(roster.catalog().expert(model)));
        out.writeEndObject();
    }

    private static String owner(Optional<Expert> expert) {
        if (expert.isEmpty()) {
            return "consort";
        }
        return switch (expert.get().source()) {
            case ExpertSource.Local _ -> "local";
            case ExpertSource.OpenAi remote ->
                    Optional.ofNullable(remote.baseUrl().getHost()).orElse("remote");
            case ExpertSource.Anthropic _ -> "anthropic";
            case ExpertSource.Gemini _ -> "google";
        };
    }
}
