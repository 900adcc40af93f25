package io.consort.service.observe;

import io.consort.experts.chat.Usage;
import io.consort.service.store.DecisionRow;
import io.consort.service.store.DecisionRow.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The metrics of one tenant's expert. Names, units and buckets are those of OpenTelemetry's
 * conventions for generative AI, where these have the metric. Thread-safe.
 */
final class ExpertMeters {

    private static final Duration[] SECONDS = doubling(Duration.ofMillis(10), 14);
    private static final Duration[] SECONDS_PER_TOKEN = doubling(Duration.ofMillis(1), 12);
    private static final double[] TOKENS = {
        1,
        4,
        16,
        64,
        256,
        1024,
        4096,
        16_384,
        65_536,
        262_144,
        1_048_576,
        4_194_304,
        16_777_216,
        67_108_864
    };

    private final Map<Outcome, Counter> requests = new EnumMap<>(Outcome.class);
    private final Map<Outcome, Timer> served = new EnumMap<>(Outcome.class);
    private final Map<Outcome, Timer> operations = new EnumMap<>(Outcome.class);
    private final Counter inputTokens;
    private final Counter outputTokens;
    private final DistributionSummary inputs;
    private final DistributionSummary outputs;
    private final Timer firstToken;
    private final Timer perToken;
    private final Counter cost;

    /** Meters of this registry. */
    ExpertMeters(MeterRegistry registry, String tenant, String expert, String provider) {
        Tags own = Tags.of("tenant", tenant, "expert", expert);
        Tags conventional =
                Tags.of(
                        "tenant",
                        tenant,
                        "gen_ai.operation.name",
                        "chat",
                        "gen_ai.provider.name",
                        provider,
                        "gen_ai.request.model",
                        expert);
        for (Outcome outcome : Outcome.values()) {
            String ending = outcome.label();
            boolean well = outcome == Outcome.ANSWERED || outcome == Outcome.DECLINED;
            Tags failing = conventional.and("error.type", well ? "" : ending);
            requests.put(
                    outcome,
                    Counter.builder("consort.requests")
                            .description("Chat requests by who answered and by how they ended")
                            .tags(own.and("outcome", ending))
                            .register(registry));
            served.put(outcome, timer(registry, "gen_ai.server.request.duration", failing));
            operations.put(outcome, timer(registry, "gen_ai.client.operation.duration", failing));
        }
        inputTokens = tokens(registry, own.and("type", "input"));
        outputTokens = tokens(registry, own.and("type", "output"));
        inputs = usage(registry, conventional.and("gen_ai.token.type", "input"));
        outputs = usage(registry, conventional.and("gen_ai.token.type", "output"));
        firstToken = timer(registry, "gen_ai.server.time_to_first_token", conventional);
        perToken =
                Timer.builder("gen_ai.server.time_per_output_token")
                        .description("Time for each token after the first, of streams")
                        .tags(conventional)
                        .serviceLevelObjectives(SECONDS_PER_TOKEN)
                        .register(registry);
        cost =
                Counter.builder("consort.cost.usd")
                        .description("US dollars that answers cost by the catalog's prices")
                        .tags(own)
                        .register(registry);
    }

    /** Counts a request that this expert was the last to be asked for. */
    void count(DecisionRow row, boolean streamed) {
        Outcome outcome = row.outcome();
        of(requests, outcome).increment();
        of(served, outcome).record(row.totalMicros(), TimeUnit.MICROSECONDS);
        of(operations, outcome)
                .record(
                        Math.max(0, row.totalMicros() - row.overheadMicros()),
                        TimeUnit.MICROSECONDS);
        cost.increment(row.costUsd());
        if (streamed && row.firstMicros() > 0) {
            firstToken.record(row.firstMicros(), TimeUnit.MICROSECONDS);
        }
        if (row.usage().isEmpty()) {
            return;
        }
        Usage usage = row.usage().get();
        count(usage);
        inputs.record((double) usage.promptTokens());
        outputs.record((double) usage.completionTokens());
        if (streamed && row.firstMicros() > 0 && usage.completionTokens() > 1) {
            perToken.record(
                    (row.totalMicros() - row.firstMicros()) * 1000 / (usage.completionTokens() - 1),
                    TimeUnit.NANOSECONDS);
        }
    }

    /** Counts tokens. */
    void count(Usage usage) {
        inputTokens.increment((double) usage.promptTokens());
        outputTokens.increment((double) usage.completionTokens());
    }

    private static <M> M of(Map<Outcome, M> meters, Outcome outcome) {
        M meter = meters.get(outcome);
        if (meter == null) {
            throw new IllegalStateException("every outcome has its meter");
        }
        return meter;
    }

    private static Timer timer(MeterRegistry registry, String name, Tags tags) {
        return Timer.builder(name).tags(tags).serviceLevelObjectives(SECONDS).register(registry);
    }

    private static Counter tokens(MeterRegistry registry, Tags tags) {
        return Counter.builder("consort.tokens")
                .description("Tokens read and written by experts")
                .tags(tags)
                .register(registry);
    }

    private static DistributionSummary usage(MeterRegistry registry, Tags tags) {
        return DistributionSummary.builder("gen_ai.client.token.usage")
                .description("Tokens of answered requests")
                .tags(tags)
                .serviceLevelObjectives(TOKENS)
                .register(registry);
    }

    private static Duration[] doubling(Duration first, int steps) {
        Duration[] bounds = new Duration[steps];
        Arrays.setAll(bounds, step -> first.multipliedBy(1L << step));
        return bounds;
    }
}
