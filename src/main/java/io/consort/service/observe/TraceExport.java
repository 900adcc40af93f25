package io.consort.service.observe;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/** Sends spans in batches, behind the requests; those that find no room are left out. */
public final class TraceExport implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 5;

    private final SdkTracerProvider provider;

    private TraceExport(SpanExporter exporter, double share) {
        provider =
                SdkTracerProvider.builder()
                        .setResource(
                                Resource.create(
                                        Attributes.of(
                                                AttributeKey.stringKey("service.name"), "consort")))
                        .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(share)))
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

    /** Sends what waits. */
    @Override
    public void close() {
        provider.shutdown().join(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
