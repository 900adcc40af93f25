package io.consort.service.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.experts.Limits;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LimitCountersTest {

    private static final Counter REQUESTS =
            new Counter("acme", Holder.TENANT, "acme", Measure.REQUESTS);

    private final Map<Counter, Long> elsewhere = new HashMap<>();
    private final Ledger ledger =
            new Ledger(
                    "acme",
                    (counter, limit, _, _) -> limit - elsewhere.getOrDefault(counter, 0L),
                    () -> 1_800_000_000_000L);

    @Test
    void whatFallsToAnotherNodeIsNotTakenHere() {
        ledger.limit(
                new Limits(
                        OptionalLong.of(3),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty()),
                Map.of());
        elsewhere.put(REQUESTS, 2L);
        assertThat(ledger.admit("k", 0)).isInstanceOf(Admission.class);
        assertThat(ledger.admit("k", 0))
                .isInstanceOfSatisfying(
                        Exceeded.class,
                        exceeded -> assertThat(exceeded.retryMillis()).isPositive());
        elsewhere.put(REQUESTS, 0L);
        assertThat(ledger.admit("k", 0)).isInstanceOf(Admission.class);
        Map<Counter, Long> taken = new HashMap<>();
        ledger.tell(taken::put);
        assertThat(taken).containsExactly(Map.entry(REQUESTS, 2L));
    }
}
