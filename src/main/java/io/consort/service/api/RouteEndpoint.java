package io.consort.service.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.consort.experts.Category;
import io.consort.router.policy.Decision;
import io.consort.service.api.chat.ChatBody;
import io.consort.service.api.chat.ChatBodyReader;
import io.consort.service.api.json.Json;
import io.consort.service.roster.Roster;
import io.consort.service.store.Ids;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Answers {@code POST /v1/route}: what would be decided about a chat request, and why. */
final class RouteEndpoint {

    private final Callers callers;
    private final Ids ids;

    RouteEndpoint(Callers callers, Ids ids) {
        this.callers = callers;
        this.ids = ids;
    }

    /** Decides and calls no expert. */
    void handle(Call call) {
        ChatBody body = ChatBodyReader.read(call.body());
        Roster roster = callers.tenancy(call).roster();
        Pending.await(
                call,
                roster.decide(
                        Models.policy(roster, body.model()),
                        body.request().messages(),
                        ThreadLocalRandom.current().nextDouble()),
                decision -> reply(call, decision));
    }

    private void reply(Call call, Decision decision) {
        double milliseconds =
                TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - call.arrived()) / 1e3;
        Replies.send(
                call.http(),
                Json.write(out -> {
                    out.writeStartObject();
                    out.writeStringField("object", "consort.decision");
                    out.writeStringField("id", Ids.decision(ids.next()));
                    write(out, decision);
                    out.writeNumberField("routing_ms", milliseconds);
                    out.writeEndObject();
                }));
    }

    private static void write(JsonGenerator out, Decision decision) throws IOException {
        out.writeStringField("policy", decision.policy());
        out.writeStringField("policy_version", decision.version());
        out.writeStringField("category", decision.category().orElse(Category.NONE));
        out.writeNumberField("probability", decision.probability());
        out.writeBooleanField("abstained", decision.abstained());
        Json.writeOptional(out, "expert", decision.experts().stream().findFirst());
        strings(out, "ranked", decision.experts());
        out.writeNumberField("propensity", decision.propensity());
        strings(out, "reasons", decision.reasons());
    }

    private static void strings(JsonGenerator out, String field, List<String> values)
            throws IOException {
        out.writeArrayFieldStart(field);
        for (String value : values) {
            out.writeString(value);
        }
        out.writeEndArray();
    }
}
