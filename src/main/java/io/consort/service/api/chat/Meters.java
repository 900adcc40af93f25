package io.consort.service.api.chat;

import io.consort.experts.chat.Usage;
import io.consort.service.store.DecisionRow.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Counts chat requests, their tokens and the time that the service added. Thread-safe. */
public final class Meters {

    private final MeterRegistry registry;
    private final Timer overhead;
    private final Map<Ending, Counter> requests = new ConcurrentHashMap<>();
    private final Map<String, Counter> promptTokens = new ConcurrentHashMap<>();
    private final Map<String, Counter> completionTokens = new ConcurrentHashMap<>();

    private record Ending(String expert, Outcome outcome) {}

    /** Meters that are published by this registry. */
    public Meters(MeterRegistry registry) {
        this.registry = registry;
        this.overhead =
                Timer.builder("consort.overhead")
                        .description("Time added before an expert was asked")
                        .serviceLevelObjectives(
                                Duration.ofNanos(100_000),
                                Duration.ofNanos(300_000),
                                Duration.ofMillis(1),
                                Duration.ofMillis(3),
                                Duration.ofMillis(10),
                                Duration.ofMillis(30),
                                Duration.ofMillis(100))
                        .register(registry);
    }

    /** Counts an exchange that has ended. */
    void count(Exchange exchange, Outcome outcome) {
        overhead.record(exchange.overhead(), TimeUnit.NANOSECONDS);
        requests.computeIfAbsent(new Ending(exchange.expert(), outcome), this::requests)
                .increment();
        exchange.usage().ifPresent(usage -> count(exchange.expert(), usage));
        exchange.failures()
                .forEach(failure ->
                        failure.usage().ifPresent(usage -> count(failure.expert(), usage)));
    }

    /** Counts an expert's tokens. */
    void count(String expert, Usage usage) {
        promptTokens
                .computeIfAbsent(expert, _ -> tokens(expert, "input"))
                .increment((double) usage.promptTokens());
        completionTokens
                .computeIfAbsent(expert, _ -> tokens(expert, "output"))
                .increment((double) usage.completionTokens());
    }

    private Counter requests(Ending ending) {
        return Counter.builder("consort.requests")
                .description("Chat requests by the expert that answered and by how they ended")
                .tag("expert", ending.expert())
                .tag("outcome", ending.outcome().name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    private Counter tokens(String expert, String type) {
        return Counter.builder("consort.tokens")
                .description("Tokens read and written by experts")
                .tag("expert", expert)
                .tag("type", type)
                .register(registry);
    }
}
