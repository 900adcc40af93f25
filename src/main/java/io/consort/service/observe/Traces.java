package io.consort.service.observe;

import io.consort.experts.chat.Usage;
import io.consort.service.store.DecisionRow;
import io.consort.service.store.DecisionRow.Failure;
import io.consort.service.store.DecisionRow.Outcome;
import io.consort.service.store.Ids;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A span for each chat request and, below it, one for each expert that was asked. They are made when
 * the request has ended, from the times that were noted on its way, so that a request costs nothing
 * until then. Attributes are those of OpenTelemetry's conventions for generative AI; what these do
 * not have stands below {@code consort}. No text of messages is in them. Thread-safe.
 */
public final class Traces implements ChatObserver {

    private static final String SELF = "consort";
    private static final TextMapGetter<Function<String, @Nullable String>> HEADERS =
            new TextMapGetter<>() {
                @Override
                public Iterable<String> keys(Function<String, @Nullable String> headers) {
                    return List.of("traceparent", "tracestate");
                }

                @Override
                public @Nullable String get(
                        @Nullable Function<String, @Nullable String> headers, String name) {
                    return headers == null ? null : headers.apply(name);
                }
            };

    private final TraceExport export;
    private final Tracer tracer;
    private final InstantSource clock;

    /** Spans that are sent by this export. */
    public Traces(TraceExport export, InstantSource clock) {
        this.export = export;
        this.tracer = export.tracer();
        this.clock = clock;
    }

    @Override
    public void ended(ChatFacts facts) {
        DecisionRow row = facts.row();
        Instant end = clock.instant();
        Instant start = end.minus(row.totalMicros(), ChronoUnit.MICROS);
        Context caller = caller(facts.headers());
        export.expect(row.id());
        Span request = request(facts, caller, start);
        Context inside = caller.with(request);
        if (request.getSpanContext().isSampled()) {
            attempts(facts, inside, start, end);
        }
        fail(request, row.outcome());
        request.end(end);
    }

    @Override
    public Optional<String> traceparent(long id, Function<String, @Nullable String> headers) {
        SpanContext caller = Span.fromContext(caller(headers)).getSpanContext();
        String trace = caller.isValid() ? caller.getTraceId() : TraceIds.trace(id);
        boolean sampled = caller.isValid() ? caller.isSampled() : export.samples(trace);
        return Optional.of("00-" + trace + '-' + TraceIds.span(id) + (sampled ? "-01" : "-00"));
    }

    private static Context caller(Function<String, @Nullable String> headers) {
        return W3CTraceContextPropagator.getInstance().extract(Context.root(), headers, HEADERS);
    }

    private Span request(ChatFacts facts, Context caller, Instant start) {
        DecisionRow row = facts.row();
        SpanBuilder span =
                tracer.spanBuilder("chat " + row.asked())
                        .setParent(caller)
                        .setSpanKind(SpanKind.SERVER)
                        .setStartTimestamp(start)
                        .setAttribute("gen_ai.operation.name", "chat")
                        .setAttribute("gen_ai.provider.name", SELF)
                        .setAttribute("gen_ai.request.model", row.asked())
                        .setAttribute("gen_ai.request.stream", facts.streamed())
                        .setAttribute("gen_ai.response.model", row.expert())
                        .setAttribute("gen_ai.response.id", Ids.completion(row.id()))
                        .setAttribute("consort.decision", Ids.decision(row.id()))
                        .setAttribute("consort.tenant", row.tenant())
                        .setAttribute("consort.policy", row.policy())
                        .setAttribute("consort.policy.version", row.policyVersion())
                        .setAttribute("consort.category", row.category())
                        .setAttribute("consort.probability", row.probability())
                        .setAttribute("consort.propensity", row.propensity())
                        .setAttribute("consort.cost.usd", row.costUsd())
                        .setAttribute("consort.outcome", label(row.outcome()));
        return span.startSpan();
    }

    private void attempts(ChatFacts facts, Context inside, Instant start, Instant end) {
        DecisionRow row = facts.row();
        List<Failure> vain = row.failures();
        for (int i = 0; i < vain.size(); i++) {
            Failure failure = vain.get(i);
            Span span = attempt(facts, inside, failure.expert(), asked(facts, start, i));
            failure.usage().ifPresent(usage -> used(span, usage));
            span.setAttribute("error.type", failure.kind().toLowerCase(Locale.ROOT))
                    .setStatus(StatusCode.ERROR);
            span.end(asked(facts, start, i + 1));
        }
        Span last = attempt(facts, inside, row.expert(), asked(facts, start, vain.size()));
        row.usage().ifPresent(usage -> used(last, usage));
        if (row.firstMicros() > 0) {
            last.setAttribute(
                    "gen_ai.response.time_to_first_chunk",
                    (row.firstMicros() - askedMicros(facts, vain.size())) / 1e6);
        }
        fail(last, row.outcome());
        last.end(end);
    }

    private Span attempt(ChatFacts facts, Context inside, String expert, Instant asked) {
        String provider = facts.providers().apply(expert);
        return tracer.spanBuilder("chat " + expert)
                .setParent(inside)
                .setSpanKind(provider.equals(SELF) ? SpanKind.INTERNAL : SpanKind.CLIENT)
                .setStartTimestamp(asked)
                .setAttribute("gen_ai.operation.name", "chat")
                .setAttribute("gen_ai.provider.name", provider)
                .setAttribute("gen_ai.request.model", expert)
                .setAttribute("gen_ai.request.stream", facts.streamed())
                .startSpan();
    }

    private static void used(Span span, Usage usage) {
        span.setAttribute("gen_ai.usage.input_tokens", usage.promptTokens())
                .setAttribute("gen_ai.usage.output_tokens", usage.completionTokens());
    }

    private static void fail(Span span, Outcome outcome) {
        switch (outcome) {
            case ANSWERED, DECLINED -> {}
            case FAILED, BROKEN, CANCELLED ->
                    span.setAttribute("error.type", label(outcome)).setStatus(StatusCode.ERROR);
        }
    }

    private static String label(Outcome outcome) {
        return outcome.label();
    }

    private static Instant asked(ChatFacts facts, Instant start, int attempt) {
        return start.plus(askedMicros(facts, attempt), ChronoUnit.MICROS);
    }

    /** Microseconds from the request's arrival; of attempts that were not noted, those of the last. */
    private static long askedMicros(ChatFacts facts, int attempt) {
        List<Long> later = facts.laterAttempts();
        if (attempt == 0 || later.isEmpty()) {
            return facts.row().overheadMicros();
        }
        return later.get(Math.min(attempt, later.size()) - 1);
    }
}
