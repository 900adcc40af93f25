package io.consort.service.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.consort.experts.chat.Usage;
import io.consort.service.store.DecisionRow;
import io.consort.service.store.DecisionRow.Failure;
import io.consort.service.store.DecisionRow.Outcome;
import io.consort.service.store.Principal;
import io.consort.service.store.Role;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TracesTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    @Test
    void aRequestHasASpanAndEachExpertOneBelowIt() {
        List<SpanData> spans = spans(facts(Outcome.ANSWERED, Map.of()), 1);
        assertThat(spans)
                .extracting(SpanData::getName)
                .containsExactlyInAnyOrder("chat auto", "chat down", "chat plain");
        SpanData request = named(spans, "chat auto");
        assertThat(request.getKind()).isEqualTo(SpanKind.SERVER);
        assertThat(request.getEndEpochNanos() - request.getStartEpochNanos()).isEqualTo(1_500_000);
        assertThat(text(request, "consort.decision")).startsWith("dec_");
        assertThat(text(request, "gen_ai.response.model")).isEqualTo("plain");
        assertThat(request.getParentSpanContext().isValid()).isFalse();

        SpanData vain = named(spans, "chat down");
        assertThat(vain.getParentSpanId()).isEqualTo(request.getSpanId());
        assertThat(vain.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(text(vain, "error.type")).isEqualTo("unreachable");
        assertThat(vain.getStartEpochNanos() - request.getStartEpochNanos()).isEqualTo(200_000);
        assertThat(vain.getEndEpochNanos() - vain.getStartEpochNanos()).isEqualTo(200_000);

        SpanData last = named(spans, "chat plain");
        assertThat(last.getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(text(last, "gen_ai.provider.name")).isEqualTo("openai");
        assertThat(last.getAttributes().get(AttributeKey.longKey("gen_ai.usage.output_tokens")))
                .isEqualTo(3);
        assertThat(last.getStartEpochNanos()).isEqualTo(vain.getEndEpochNanos());
        assertThat(last.getEndEpochNanos()).isEqualTo(request.getEndEpochNanos());
    }

    @Test
    void aFailureIsMarked() {
        SpanData request = named(spans(facts(Outcome.BROKEN, Map.of()), 1), "chat auto");
        assertThat(request.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(text(request, "error.type")).isEqualTo("broken");
    }

    @Test
    void theCallersTraceIsContinuedAndDecidesWhetherThereIsOne() {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        String parent = "00-" + trace + "-b7ad6b7169203331-0";
        List<SpanData> spans =
                spans(facts(Outcome.ANSWERED, Map.of("traceparent", parent + "1")), 0);
        assertThat(spans)
                .hasSize(3)
                .allSatisfy(span -> assertThat(span.getTraceId()).isEqualTo(trace));
        assertThat(named(spans, "chat auto").getParentSpanId()).isEqualTo("b7ad6b7169203331");
        assertThat(spans(facts(Outcome.ANSWERED, Map.of("traceparent", parent + "0")), 1))
                .isEmpty();
        assertThat(spans(facts(Outcome.ANSWERED, Map.of()), 0)).isEmpty();
    }

    @Test
    void expertsAreToldOfTheSpanThatIsMadeLater() {
        Map<String, String> caller =
                Map.of("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        for (Map<String, String> headers : List.of(caller, Map.<String, String>of())) {
            Kept kept = new Kept();
            String told = told(kept, headers, 1);
            SpanData request = named(kept.spans, "chat auto");
            assertThat(told)
                    .isEqualTo("00-%s-%s-01".formatted(request.getTraceId(), request.getSpanId()));
        }
        Kept none = new Kept();
        assertThat(told(none, Map.of(), 0)).endsWith("-00");
        assertThat(none.spans).isEmpty();
    }

    private static String told(Kept kept, Map<String, String> headers, double share) {
        try (TraceExport export = TraceExport.to(kept, share)) {
            Traces traces = new Traces(export, () -> NOW);
            String told = traces.traceparent(1, headers::get).orElseThrow();
            traces.ended(facts(Outcome.ANSWERED, headers));
            return told;
        }
    }

    @Test
    void spansGoToACollectorByOtlp() throws Exception {
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        HttpServer collector =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext(
                "/v1/traces",
                exchange -> {
                    try (exchange) {
                        byte[] body = exchange.getRequestBody().readAllBytes();
                        received.add(new String(body, StandardCharsets.ISO_8859_1));
                        exchange.sendResponseHeaders(200, -1);
                    }
                });
        collector.start();
        URI endpoint =
                URI.create(
                        "http://127.0.0.1:%d/v1/traces"
                                .formatted(collector.getAddress().getPort()));
        try (TraceExport export = TraceExport.to(endpoint, 1)) {
            new Traces(export, () -> NOW).ended(facts(Outcome.ANSWERED, Map.of()));
        }
        assertThat(received.poll(30, TimeUnit.SECONDS))
                .contains("gen_ai.request.model", "consort.decision", "chat plain");
        collector.stop(0);
    }

    private static List<SpanData> spans(ChatFacts facts, double share) {
        Kept kept = new Kept();
        try (TraceExport export = TraceExport.to(kept, share)) {
            new Traces(export, () -> NOW).ended(facts);
        }
        return kept.spans;
    }

    private static SpanData named(List<SpanData> spans, String name) {
        return spans.stream().filter(span -> span.getName().equals(name)).findFirst().orElseThrow();
    }

    private static String text(SpanData span, String attribute) {
        return String.valueOf(span.getAttributes().get(AttributeKey.stringKey(attribute)));
    }

    private static ChatFacts facts(Outcome outcome, Map<String, String> headers) {
        DecisionRow row =
                new DecisionRow(
                        1,
                        "acme",
                        1,
                        Optional.empty(),
                        "auto",
                        "default",
                        "v",
                        "none",
                        0.9,
                        1,
                        "plain",
                        outcome,
                        Optional.of(new Usage(7, 3)),
                        0.5,
                        200,
                        900,
                        1_500,
                        List.of(new Failure("down", "UNREACHABLE", "no")));
        return new ChatFacts(
                row,
                new Principal("acme", 1, "first", Role.CHAT),
                true,
                List.of(400L),
                _ -> "openai",
                headers::get);
    }

    private static final class Kept implements SpanExporter {

        private final List<SpanData> spans = new CopyOnWriteArrayList<>();

        @Override
        public CompletableResultCode export(Collection<SpanData> some) {
            spans.addAll(some);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
