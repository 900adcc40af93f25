package io.consort.service.observe;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Sends spans in batches, behind the requests; those that find no room are left out. */
public final class TraceExport implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 5;

    private final TraceIds ids = new TraceIds();
    private final Sampler share;
    private final SdkTracerProvider provider;

    private TraceExport(SpanExporter exporter, double share) {
        this.share = Sampler.traceIdRatioBased(share);
        provider =
                SdkTracerProvider.builder()
                        .setIdGenerator(ids)
                        .setResource(
                                Resource.create(
                                        Attributes.of(
                                                AttributeKey.stringKey("service.name"), "consort")))
                        .setSampler(Sampler.parentBased(this.share))
                        .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
                        .build();
    }

    /**
     * To a collector, by OTLP over HTTP.
     *
     * @param endpoint with its path, as a rule {@code /v1/traces}
     * @param share of requests that are traced when their callers do not say, 0 to 1
     */
    public static TraceExport to(URI endpoint, double share) {
        return new TraceExport(
                OtlpHttpSpanExporter.builder().setEndpoint(endpoint.toString()).build(), share);
    }

    /** To this exporter, which is closed with it. */
    static TraceExport to(SpanExporter exporter, double share) {
        return new TraceExport(exporter, share);
    }

    /** Makes its spans. */
    public Tracer tracer() {
        return provider.get("io.consort");
    }

    /** Has the span that this thread makes next be that of a decision. */
    void expect(long decision) {
        ids.expect(decision);
    }

    /** Whether a trace that no caller has decided about is among those that are recorded. */
    boolean samples(String trace) {
        return share.shouldSample(
                                Context.root(),
                                trace,
                                "",
                                SpanKind.SERVER,
                                Attributes.empty(),
                                List.of())
                        .getDecision()
                == SamplingDecision.RECORD_AND_SAMPLE;
    }

    /** Sends what waits. */
    @Override
    public void close() {
        provider.shutdown().join(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
