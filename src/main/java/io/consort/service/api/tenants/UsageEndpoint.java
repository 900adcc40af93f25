package io.consort.service.api.tenants;

import com.fasterxml.jackson.core.JsonGenerator;
import io.consort.service.api.ApiException;
import io.consort.service.api.Call;
import io.consort.service.api.Replies;
import io.consort.service.api.json.Json;
import io.consort.service.store.Usages;
import io.consort.service.store.Usages.Line;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Answers {@code .../usage}: requests, tokens and money of a tenant, by day, expert or key. */
final class UsageEndpoint {

    private static final int USUAL_DAYS = 30;
    private static final int MOST_DAYS = 400;

    private final Usages usages;
    private final Scope scope;
    private final Clock clock;

    /** What sums are split by. */
    private enum By {
        DAY,
        EXPERT,
        KEY;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        static By named(String label) {
            return Arrays.stream(values())
                    .filter(by -> by.label().equals(label))
                    .findFirst()
                    .orElseThrow(() ->
                            ApiException.invalid(
                                    "by",
                                    "`by` must be day, expert, key or several of them with commas."));
        }
    }

    UsageEndpoint(Usages usages, Scope scope, Clock clock) {
        this.usages = usages;
        this.scope = scope;
        this.clock = clock;
    }

    /** Sums what was used. */
    void sum(Call call) {
        LocalDate to = Query.day(call, "to", LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        LocalDate from = Query.day(call, "from", to.minusDays(USUAL_DAYS - 1L));
        if (from.isAfter(to) || from.plusDays(MOST_DAYS).isBefore(to)) {
            throw ApiException.invalid(
                    "from",
                    "`from` must be at most %d days before `to`, and not after it."
                            .formatted(MOST_DAYS));
        }
        Set<By> by = by(call);
        scope.answer(
                call,
                tenant -> usages.of(tenant, from, to),
                lines -> Replies.send(call.http(), json(from, to, by, lines)));
    }

    private static Set<By> by(Call call) {
        Optional<String> given = Query.value(call, "by");
        if (given.isEmpty()) {
            return EnumSet.of(By.DAY);
        }
        return Arrays.stream(given.get().split(",", -1))
                .map(By::named)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(By.class)));
    }

    private static byte[] json(LocalDate from, LocalDate to, Set<By> by, Collection<Line> lines) {
        Map<Line, Line> sums = new LinkedHashMap<>();
        lines.forEach(line -> sums.merge(group(line, by), line, UsageEndpoint::plus));
        return Json.write(out -> {
            out.writeStartObject();
            out.writeStringField("object", "consort.usage");
            out.writeStringField("from", from.toString());
            out.writeStringField("to", to.toString());
            out.writeArrayFieldStart("data");
            for (Line sum : sums.values()) {
                write(out, by, sum);
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    /** What lines have in common that are summed. */
    private static Line group(Line line, Set<By> by) {
        return new Line(
                by.contains(By.DAY) ? line.day() : LocalDate.EPOCH,
                by.contains(By.EXPERT) ? line.expert() : "",
                by.contains(By.KEY) ? line.key() : 0,
                0,
                0,
                0,
                0);
    }

    private static Line plus(Line one, Line other) {
        return new Line(
                one.day(),
                one.expert(),
                one.key(),
                one.requests() + other.requests(),
                one.promptTokens() + other.promptTokens(),
                one.completionTokens() + other.completionTokens(),
                one.costUsd() + other.costUsd());
    }

    private static void write(JsonGenerator out, Set<By> by, Line sum) throws IOException {
        out.writeStartObject();
        if (by.contains(By.DAY)) {
            out.writeStringField("day", sum.day().toString());
        }
        if (by.contains(By.EXPERT)) {
            out.writeStringField("expert", sum.expert());
        }
        if (by.contains(By.KEY)) {
            Json.writeOptional(out, "key", KeysEndpoint.id(sum.key()));
        }
        out.writeNumberField("requests", sum.requests());
        out.writeNumberField("prompt_tokens", sum.promptTokens());
        out.writeNumberField("completion_tokens", sum.completionTokens());
        out.writeNumberField("cost_usd", sum.costUsd());
        out.writeEndObject();
    }
}
