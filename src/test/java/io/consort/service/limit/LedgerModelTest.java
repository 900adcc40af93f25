package io.consort.service.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.experts.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ledger beside a model that keeps a list of everything that was taken. */
class LedgerModelTest {

    private static final long BEGIN = 1_800_000_000_000L;
    private static final List<String> KEYS = List.of("a", "b", "c");
    private static final List<String> EXPERTS = List.of("x", "y");

    /** One request as the model knows it; amounts are what they are reckoned at until it ends. */
    private static final class Known {
        final String key;
        final long entered;
        final Admission admission;
        long tokens;
        long money;
        long asked;
        String expert = "";
        boolean running = true;

        Known(String key, long entered, long tokens, Admission admission) {
            this.key = key;
            this.entered = entered;
            this.tokens = tokens;
            this.admission = admission;
        }
    }

    private final List<Known> all = new ArrayList<>();
    private long now = BEGIN;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void itLetsInExactlyWhatThePlainModelLetsIn(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Limits tenant = limits(random, 40);
        Map<String, Limits> keys = Map.of("a", limits(random, 20), "b", limits(random, 10));
        Map<String, Limits> experts = Map.of("x", limits(random, 20));
        Ledger ledger = new Ledger("t", LimitCounters.ALONE, () -> now);
        ledger.limit(tenant, keys);
        ledger.limitExperts(experts);
        int letIn = 0;
        for (int i = 0; i < 3_000; i++) {
            now += random.nextInt(2_000);
            if (random.nextInt(3) == 0 && end(random)) {
                continue;
            }
            String key = KEYS.get(random.nextInt(KEYS.size()));
            long tokens = random.nextInt(40);
            boolean expected =
                    enters(keys.getOrDefault(key, Limits.NONE), tokens, of -> of.key.equals(key))
                            && enters(tenant, tokens, _ -> true);
            Verdict verdict = ledger.admit(key, tokens);
            assertThat(verdict instanceof Admission).isEqualTo(expected);
            if (verdict instanceof Admission admission) {
                letIn++;
                ask(random, new Known(key, now, tokens, admission), tenant, keys, experts);
            }
        }
        assertThat(letIn).isBetween(50, 2_900);
    }

    private void ask(
            SplittableRandom random,
            Known known,
            Limits tenant,
            Map<String, Limits> keys,
            Map<String, Limits> experts) {
        String expert = EXPERTS.get(random.nextInt(EXPERTS.size()));
        long money = random.nextInt(100);
        Limits own = experts.getOrDefault(expert, Limits.NONE);
        boolean expected =
                asks(own, known.tokens, expert)
                        && affords(own, money, of -> of.expert.equals(expert))
                        && affords(
                                keys.getOrDefault(known.key, Limits.NONE),
                                money,
                                of -> of.key.equals(known.key))
                        && affords(tenant, money, _ -> true);
        assertThat(known.admission.ask(expert, money).isEmpty()).isEqualTo(expected);
        if (expected) {
            known.expert = expert;
            known.asked = now;
            known.money = money;
            all.add(known);
        } else {
            known.admission.withdraw();
        }
    }

    /** Ends a request that runs, if any does, with other amounts than it was reckoned at. */
    private boolean end(SplittableRandom random) {
        List<Known> running = all.stream().filter(known -> known.running).toList();
        if (running.isEmpty()) {
            return false;
        }
        Known ending = running.get(random.nextInt(running.size()));
        if (!counts(ending.entered)) {
            // What is put right late counts from then on, which the model leaves out.
            ending.admission.settle(0, ending.money);
            ending.running = false;
            return true;
        }
        ending.tokens = random.nextInt(60);
        ending.money = random.nextInt(100);
        ending.admission.settle(ending.tokens, ending.money);
        ending.running = false;
        return true;
    }

    private interface Whose {
        boolean test(Known known);
    }

    private boolean enters(Limits limits, long tokens, Whose whose) {
        long requests = all.stream().filter(of -> whose.test(of) && counts(of.entered)).count();
        long taken =
                all.stream()
                        .filter(of -> whose.test(of) && counts(of.entered))
                        .mapToLong(of -> of.tokens)
                        .sum();
        return fits(limits, requests, taken, tokens, whose);
    }

    private boolean asks(Limits limits, long tokens, String expert) {
        return enters(limits, tokens, of -> of.expert.equals(expert));
    }

    private boolean fits(Limits limits, long requests, long taken, long tokens, Whose whose) {
        long most = limits.tokensPerMinute().orElse(Long.MAX_VALUE);
        return requests < limits.requestsPerMinute().orElse(Long.MAX_VALUE)
                && most - taken >= Math.min(tokens, most)
                && all.stream().filter(of -> of.running && whose.test(of)).count()
                        < limits.concurrent().orElse(Long.MAX_VALUE);
    }

    private boolean affords(Limits limits, long money, Whose whose) {
        if (money == 0 || limits.usdPerDay().isEmpty()) {
            return true;
        }
        long today = now / 86_400_000;
        long spent =
                all.stream()
                        .filter(of -> whose.test(of) && of.asked / 86_400_000 == today)
                        .mapToLong(of -> of.money)
                        .sum();
        return spent + money <= Math.round(limits.usdPerDay().getAsDouble() * 1e9);
    }

    private boolean counts(long at) {
        return now / SlidingMinute.SLOT - at / SlidingMinute.SLOT < SlidingMinute.SLOTS;
    }

    private static Limits limits(SplittableRandom random, int scale) {
        return new Limits(
                OptionalLong.of(scale / 2 + random.nextInt(scale)),
                OptionalLong.of(15L * scale + random.nextInt(15 * scale)),
                OptionalLong.of(scale / 4 + random.nextInt(scale)),
                random.nextInt(3) == 0
                        ? OptionalDouble.of((100 + random.nextInt(20_000)) / 1e9)
                        : OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    @Test
    @Timeout(60)
    void manyThreadsTogetherGetExactlyTheLimit() throws InterruptedException {
        LongSupplier still = () -> BEGIN;
        Ledger ledger = new Ledger("t", LimitCounters.ALONE, still);
        int limit = 5_000;
        int atOnce = 3;
        ledger.limit(
                new Limits(
                        OptionalLong.of(limit),
                        OptionalLong.of(10L * limit),
                        OptionalLong.of(atOnce),
                        OptionalDouble.empty(),
                        OptionalDouble.empty()),
                Map.of());
        AtomicInteger letIn = new AtomicInteger();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger mostInside = new AtomicInteger();
        int threads = 8;
        CountDownLatch done = new CountDownLatch(threads);
        for (int t = 0; t < threads; t++) {
            Thread.ofPlatform()
                    .start(() -> {
                        for (int i = 0; i < 20_000; i++) {
                            if (ledger.admit("k", 10) instanceof Admission admission) {
                                letIn.incrementAndGet();
                                mostInside.accumulateAndGet(inside.incrementAndGet(), Math::max);
                                admission.ask("x", 5);
                                inside.decrementAndGet();
                                admission.settle(10, 5);
                            }
                        }
                        done.countDown();
                    });
        }
        assertThat(done.await(50, TimeUnit.SECONDS)).isTrue();
        assertThat(letIn).hasValue(limit);
        assertThat(mostInside.get()).isBetween(1, atOnce);
        List<Long> running = new ArrayList<>();
        ledger.tell((counter, taken) -> {
            if (counter.measure() == Measure.CONCURRENT) {
                running.add(taken);
            }
        });
        assertThat(running).containsExactly(0L);
    }
}
