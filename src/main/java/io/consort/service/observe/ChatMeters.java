package io.consort.service.observe;

import io.consort.experts.chat.Usage;
import io.consort.service.store.DecisionRow;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * Counts chat requests, their tokens and times, per tenant and expert. There are at most so many pairs
 * of these; what comes later is counted under the tenant and the expert {@value #OTHER}. Thread-safe.
 */
public final class ChatMeters implements ChatObserver {

    /** What tenants and experts are called that there is no room for. */
    public static final String OTHER = "other";

    private final MeterRegistry registry;
    private final int pairs;
    private final Timer overhead;
    private final Map<Pair, ExpertMeters> meters = new ConcurrentHashMap<>();

    private record Pair(String tenant, String expert) {}

    /**
     * Meters that are published by this registry.
     *
     * @param pairs of tenant and expert that are told apart at most
     */
    public ChatMeters(MeterRegistry registry, int pairs) {
        this.registry = registry;
        this.pairs = pairs;
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

    @Override
    public void ended(ChatFacts facts) {
        DecisionRow row = facts.row();
        overhead.record(row.overheadMicros(), TimeUnit.MICROSECONDS);
        of(row.tenant(), row.expert(), facts.providers()).count(row, facts.streamed());
        for (DecisionRow.Failure failure : row.failures()) {
            if (failure.usage().isPresent()) {
                of(row.tenant(), failure.expert(), facts.providers()).count(failure.usage().get());
            }
        }
    }

    @Override
    public void spent(String tenant, String expert, Usage usage) {
        ExpertMeters known = meters.get(new Pair(tenant, expert));
        if (known != null) {
            known.count(usage);
        }
    }

    private ExpertMeters of(String tenant, String expert, UnaryOperator<String> providers) {
        Pair pair = new Pair(tenant, expert);
        ExpertMeters known = meters.get(pair);
        return known == null ? made(pair, providers) : known;
    }

    private synchronized ExpertMeters made(Pair pair, UnaryOperator<String> providers) {
        Pair named = meters.size() < pairs ? pair : new Pair(OTHER, OTHER);
        ExpertMeters known = meters.get(named);
        if (known != null) {
            return known;
        }
        String provider = named.equals(pair) ? providers.apply(pair.expert()) : OTHER;
        ExpertMeters made = new ExpertMeters(registry, named.tenant(), named.expert(), provider);
        meters.put(named, made);
        return made;
    }
}
