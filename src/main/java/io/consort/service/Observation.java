package io.consort.service;

import io.consort.service.ConsortConfig.RequestLog.Format;
import io.consort.service.observe.ChatMeters;
import io.consort.service.observe.ChatObserver;
import io.consort.service.observe.LineWriter;
import io.consort.service.observe.RequestLog;
import io.consort.service.observe.TraceExport;
import io.consort.service.observe.Traces;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Owns what watches chat requests: metrics, the log of requests and traces, as they are
 * configured. */
@ApplicationScoped
public class Observation {

    private final OutputStream out;
    private final LineWriter lines;
    private final Optional<TraceExport> traces;
    private final ChatObserver observer;

    /** Opens what is configured. */
    @Inject
    public Observation(
            ConsortConfig config,
            MeterRegistry registry,
            @ConfigProperty(name = "quarkus.log.console.json.enabled") boolean json) {
        List<ChatObserver> observers = new ArrayList<>();
        observers.add(new ChatMeters(registry, config.metricPairs()));
        out = destination(config.requestLog().file());
        lines = new LineWriter(out);
        FunctionCounter.builder("consort.request.log.lost", lines, LineWriter::lost)
                .description("Lines of the request log that could not be written in time")
                .register(registry);
        Format format = config.requestLog().format().orElse(json ? Format.JSON : Format.TEXT);
        if (format != Format.OFF) {
            observers.add(new RequestLog(lines, Clock.systemUTC(), format == Format.JSON));
        }
        ConsortConfig.Traces tracing = config.traces();
        traces = tracing.endpoint().map(endpoint -> TraceExport.to(endpoint, tracing.share()));
        traces.ifPresent(export -> observers.add(new Traces(export, Clock.systemUTC())));
        observer = ChatObserver.all(observers);
    }

    /** Whom to tell of chat requests. */
    ChatObserver observer() {
        return observer;
    }

    @PreDestroy
    void close() {
        lines.close();
        traces.ifPresent(TraceExport::close);
        try {
            if (!out.equals(System.out)) {
                out.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static OutputStream destination(Optional<Path> file) {
        if (file.isEmpty()) {
            return System.out;
        }
        try {
            return Files.newOutputStream(
                    file.get(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "The file %s cannot be written; name another as `consort.request-log.file`"
                            .formatted(file.get()),
                    failure);
        }
    }
}
