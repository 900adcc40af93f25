package io.consort.service.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.experts.chat.Usage;
import io.consort.service.store.DecisionRow;
import io.consort.service.store.DecisionRow.Failure;
import io.consort.service.store.DecisionRow.Outcome;
import io.consort.service.store.Principal;
import io.consort.service.store.Role;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ChatMetersTest {

    private final MeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void aRequestIsCountedForItsTenantAndExpert() {
        new ChatMeters(registry, 10).ended(facts("acme", "plain", Outcome.ANSWERED, true));
        assertThat(count("consort.requests", "outcome", "answered")).isEqualTo(1);
        assertThat(count("consort.requests", "outcome", "failed")).isZero();
        assertThat(count("consort.tokens", "type", "input")).isEqualTo(7);
        assertThat(count("consort.tokens", "type", "output")).isEqualTo(3);
        assertThat(registry.get("consort.cost.usd").counter().count()).isEqualTo(0.5);
        assertThat(
                        registry.get("gen_ai.server.request.duration")
                                .tags("error.type", "", "gen_ai.provider.name", "openai")
                                .timer()
                                .totalTime(TimeUnit.MICROSECONDS))
                .isEqualTo(1_500);
        assertThat(
                        registry.get("gen_ai.client.operation.duration")
                                .tags("error.type", "", "gen_ai.request.model", "plain")
                                .timer()
                                .totalTime(TimeUnit.MICROSECONDS))
                .isEqualTo(1_300);
        assertThat(
                        registry.get("gen_ai.server.time_to_first_token")
                                .timer()
                                .totalTime(TimeUnit.MICROSECONDS))
                .isEqualTo(500);
        assertThat(
                        registry.get("gen_ai.server.time_per_output_token")
                                .timer()
                                .totalTime(TimeUnit.MICROSECONDS))
                .isEqualTo(500);
        assertThat(
                        registry.get("gen_ai.client.token.usage")
                                .tag("gen_ai.token.type", "output")
                                .summary()
                                .totalAmount())
                .isEqualTo(3);
    }

    @Test
    void whatIsNotStreamedHasNoFirstToken() {
        new ChatMeters(registry, 10).ended(facts("acme", "plain", Outcome.ANSWERED, false));
        assertThat(registry.get("gen_ai.server.time_to_first_token").timer().count()).isZero();
    }

    @Test
    void aFailureHasItsType() {
        new ChatMeters(registry, 10).ended(facts("acme", "plain", Outcome.BROKEN, true));
        assertThat(
                        registry.get("gen_ai.server.request.duration")
                                .tag("error.type", "broken")
                                .timer()
                                .count())
                .isEqualTo(1);
    }

    @Test
    void howeverManyTenantsThereAreTheMetricsStayBounded() {
        ChatMeters meters = new ChatMeters(registry, 5);
        for (int tenant = 0; tenant < 4; tenant++) {
            meters.ended(facts("tenant-" + tenant, "plain", Outcome.ANSWERED, true));
        }
        for (int tenant = 4; tenant < 1_000; tenant++) {
            meters.ended(facts("tenant-" + tenant, "expert-" + tenant, Outcome.ANSWERED, true));
        }
        long tenants =
                registry.getMeters().stream()
                        .map(Meter::getId)
                        .map(id -> id.getTag("tenant"))
                        .filter(tenant -> tenant != null)
                        .distinct()
                        .count();
        assertThat(tenants).isLessThanOrEqualTo(6);
        assertThat(
                        registry.get("consort.requests")
                                .tags("tenant", ChatMeters.OTHER, "outcome", "answered")
                                .counter()
                                .count())
                .isGreaterThanOrEqualTo(995);
        assertThat(
                        registry.find("consort.requests").counters().stream()
                                .mapToDouble(counter -> counter.count())
                                .sum())
                .isEqualTo(1_000);
    }

    private double count(String name, String tag, String value) {
        return registry.get(name).tag(tag, value).counter().count();
    }

    private static ChatFacts facts(
            String tenant, String expert, Outcome outcome, boolean streamed) {
        DecisionRow row =
                new DecisionRow(
                        1,
                        tenant,
                        1,
                        Optional.empty(),
                        "auto",
                        "default",
                        "v",
                        "none",
                        0.9,
                        1,
                        expert,
                        outcome,
                        Optional.of(new Usage(7, 3)),
                        0.5,
                        200,
                        500,
                        1_500,
                        List.of(new Failure("down", "UNREACHABLE", "no")));
        return new ChatFacts(
                row,
                new Principal(tenant, 1, "first", Role.CHAT),
                streamed,
                List.of(),
                _ -> "openai",
                _ -> null);
    }
}
