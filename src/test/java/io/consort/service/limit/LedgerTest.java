package io.consort.service.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.experts.Limits;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private static final long USD = 1_000_000_000L;

    private long now = Instant.parse("2026-12-30T23:59:00Z").toEpochMilli();
    private final Ledger ledger = new Ledger("acme", LimitCounters.ALONE, () -> now);

    @Test
    void whatIsNotLimitedIsLetIn() {
        for (int i = 0; i < 10_000; i++) {
            Admission admission = enter("k", 1_000_000);
            assertThat(admission.ask("gpt", 1_000 * USD)).isEmpty();
            assertThat(admission.standing()).isEqualTo(Standing.NONE);
        }
    }

    @Test
    void aKeyThatUsedUpItsRequestsWaitsForTheOldestToAge() {
        limitKey(requests(2));
        enter("k", 0);
        now += 10_000;
        enter("k", 0);
        Exceeded exceeded = refused("k", 0);
        assertThat(exceeded.holder()).isEqualTo(Holder.KEY);
        assertThat(exceeded.measure()).isEqualTo(Measure.REQUESTS);
        assertThat(exceeded.limit()).isEqualTo(2);
        assertThat(exceeded.retryMillis()).isBetween(50_000L, 50_250L);
        enter("other", 0);
        now += exceeded.retryMillis();
        enter("k", 0);
        refused("k", 0);
    }

    @Test
    void aRefusalTakesNothingFromAnybody() {
        ledger.limit(requests(3), Map.of("k", requests(1)));
        enter("k", 0);
        for (int i = 0; i < 10; i++) {
            refused("k", 0);
        }
        enter("j", 0);
        enter("j", 0);
        assertThat(refused("j", 0).holder()).isEqualTo(Holder.TENANT);
    }

    @Test
    void tokensAreTakenByReckoningAndPutRightAtTheEnd() {
        limitKey(tokens(1_000));
        Admission first = enter("k", 600);
        Exceeded exceeded = refused("k", 600);
        assertThat(exceeded.measure()).isEqualTo(Measure.TOKENS);
        first.ask("gpt", 0);
        first.settle(100, 0);
        Admission second = enter("k", 600);
        assertThat(second.standing().tokens().orElseThrow().remaining()).isEqualTo(300);
        second.ask("gpt", 0);
        second.settle(900, 0);
        assertThat(refused("k", 1).standing().tokens().orElseThrow().remaining()).isZero();
    }

    @Test
    void whatIsLargerThanTheLimitNeedsAllOfIt() {
        limitKey(tokens(100));
        Admission large = enter("k", 5_000);
        refused("k", 1);
        large.ask("gpt", 0);
        large.settle(10, 0);
        assertThat(refused("k", 5_000).retryMillis()).isGreaterThan(59_000);
        enter("k", 90);
    }

    @Test
    void anAnswerCountsAsConcurrentUntilItEnds() {
        limitKey(concurrent(2));
        Admission first = enter("k", 0);
        Admission second = enter("k", 0);
        assertThat(refused("k", 0).measure()).isEqualTo(Measure.CONCURRENT);
        first.settle(0, 0);
        first.settle(0, 0);
        first.withdraw();
        enter("k", 0);
        refused("k", 0);
        second.withdraw();
        enter("k", 0);
    }

    @Test
    void moneyIsTakenByReckoningAndFreedWhenLessWasSpent() {
        limitKey(usd(OptionalDouble.of(1), OptionalDouble.empty()));
        Admission first = enter("k", 0);
        assertThat(first.ask("gpt", USD * 6 / 10)).isEmpty();
        Admission second = enter("k", 0);
        Exceeded exceeded = second.ask("gpt", USD / 2).orElseThrow();
        assertThat(exceeded.measure()).isEqualTo(Measure.DAY);
        assertThat(exceeded.retryMillis()).isEqualTo(60_000);
        first.settle(0, USD / 10);
        assertThat(second.ask("gpt", USD / 2)).isEmpty();
    }

    @Test
    void moneyThatIsUsedUpLeavesWhatIsFree() {
        limitKey(usd(OptionalDouble.of(0), OptionalDouble.empty()));
        Admission admission = enter("k", 0);
        assertThat(admission.ask("gpt", 1)).isPresent();
        assertThat(admission.ask("abacus", 0)).isEmpty();
    }

    @Test
    void theNextDayHasItsOwnMoneyAndTheMonthGoesOn() {
        limitKey(usd(OptionalDouble.of(1), OptionalDouble.of(1.5)));
        spend("k", USD);
        assertThat(enter("k", 0).ask("gpt", 1).orElseThrow().measure()).isEqualTo(Measure.DAY);
        now += 60_000;
        spend("k", USD / 2);
        Exceeded exceeded = enter("k", 0).ask("gpt", 1).orElseThrow();
        assertThat(exceeded.measure()).isEqualTo(Measure.MONTH);
        assertThat(exceeded.retryMillis()).isEqualTo(86_400_000);
        now += exceeded.retryMillis();
        spend("k", USD);
    }

    @Test
    void whatEndsAfterMidnightIsPaidByTheDayOnWhichItWasAsked() {
        limitKey(usd(OptionalDouble.of(1), OptionalDouble.empty()));
        Admission late = enter("k", 0);
        assertThat(late.ask("gpt", USD)).isEmpty();
        now += 120_000;
        Admission early = enter("k", 0);
        late.settle(0, USD);
        assertThat(early.ask("gpt", USD)).isEmpty();
    }

    @Test
    void whatWasSpentBeforeCounts() {
        ledger.spentBefore(Holder.KEY, "k", USD / 4, USD / 2);
        ledger.spentBefore(Holder.TENANT, "acme", USD, 3 * USD);
        limitKey(usd(OptionalDouble.of(0.5), OptionalDouble.of(1)));
        assertThat(enter("k", 0).ask("gpt", USD / 4 + 1)).isPresent();
        assertThat(enter("k", 0).ask("gpt", USD / 4)).isEmpty();
        ledger.limit(usd(OptionalDouble.of(1), OptionalDouble.empty()), Map.of());
        assertThat(enter("j", 0).ask("gpt", 1).orElseThrow().holder()).isEqualTo(Holder.TENANT);
    }

    @Test
    void anExpertHasLimitsOfItsOwn() {
        ledger.limitExperts(Map.of("gpt", requests(1)));
        Admission first = enter("k", 0);
        assertThat(first.ask("gpt", 0)).isEmpty();
        Admission second = enter("k", 0);
        Exceeded exceeded = second.ask("gpt", 0).orElseThrow();
        assertThat(exceeded.holder()).isEqualTo(Holder.EXPERT);
        assertThat(exceeded.name()).isEqualTo("gpt");
        assertThat(second.ask("other", 0)).isEmpty();
    }

    @Test
    void anExpertThatWasLeftKeepsOnlyWhatItTook() {
        ledger.limit(tokens(1_000), Map.of());
        ledger.limitExperts(Map.of("gpt", limits(0, 1_000, 1)));
        Admission admission = enter("k", 500);
        assertThat(admission.ask("gpt", USD)).isEmpty();
        admission.left(50, USD / 100);
        assertThat(admission.ask("small", 0)).isEmpty();
        admission.settle(20, 0);
        Map<Counter, Long> taken = taken();
        assertThat(taken)
                .containsEntry(new Counter("acme", Holder.EXPERT, "gpt", Measure.TOKENS), 50L)
                .containsEntry(new Counter("acme", Holder.EXPERT, "gpt", Measure.CONCURRENT), 0L)
                .containsEntry(new Counter("acme", Holder.TENANT, "acme", Measure.TOKENS), 70L);
    }

    @Test
    void whatIsWithdrawnNeverCounted() {
        ledger.limit(limits(1, 10, 0), Map.of());
        Admission admission = enter("k", 10);
        admission.withdraw();
        admission.settle(1_000, USD);
        assertThat(taken().values()).containsOnly(0L);
        enter("k", 10);
    }

    @Test
    void theStandingIsThatOfWhoeverHasLessLeft() {
        ledger.limit(requests(10), Map.of("k", limits(20, 99, 0)));
        for (int i = 0; i < 4; i++) {
            enter("j", 0);
        }
        Standing standing = enter("k", 9).standing();
        assertThat(standing.requests().orElseThrow().limit()).isEqualTo(10);
        assertThat(standing.requests().orElseThrow().remaining()).isEqualTo(5);
        assertThat(standing.requests().orElseThrow().resetMillis()).isBetween(60_000L, 60_250L);
        assertThat(standing.tokens().orElseThrow().remaining()).isEqualTo(90);
    }

    @Test
    void limitsChangeWhileRequestsAreUnderWay() {
        Admission before = enter("k", 100);
        limitKey(limits(0, 100, 1));
        assertThat(refused("k", 1).measure()).isEqualTo(Measure.CONCURRENT);
        before.ask("gpt", 0);
        before.settle(40, 0);
        enter("k", 60);
        ledger.limit(Limits.NONE, Map.of());
        enter("k", 1_000);
    }

    @Test
    void whatWasTakenStaysTakenWhenLimitsChange() {
        ledger.limit(requests(5), Map.of("k", requests(2)));
        ledger.limitExperts(Map.of("gpt", requests(1)));
        assertThat(enter("k", 0).ask("gpt", 0)).isEmpty();
        ledger.limit(requests(2), Map.of("k", requests(2), "j", requests(1)));
        ledger.limitExperts(Map.of("gpt", requests(1), "other", Limits.NONE));
        assertThat(enter("k", 0).ask("gpt", 0)).isPresent();
        assertThat(refused("j", 0).holder()).isEqualTo(Holder.TENANT);
    }

    private Admission enter(String key, long tokens) {
        Verdict verdict = ledger.admit(key, tokens);
        assertThat(verdict).isInstanceOf(Admission.class);
        return (Admission) verdict;
    }

    private Exceeded refused(String key, long tokens) {
        Verdict verdict = ledger.admit(key, tokens);
        assertThat(verdict).isInstanceOf(Exceeded.class);
        return (Exceeded) verdict;
    }

    private void spend(String key, long nanoUsd) {
        Admission admission = enter(key, 0);
        assertThat(admission.ask("gpt", nanoUsd)).isEmpty();
        admission.settle(0, nanoUsd);
    }

    private Map<Counter, Long> taken() {
        Map<Counter, Long> taken = new HashMap<>();
        ledger.tell(taken::put);
        return taken;
    }

    private void limitKey(Limits limits) {
        ledger.limit(Limits.NONE, Map.of("k", limits));
    }

    private static Limits requests(long most) {
        return limits(most, 0, 0);
    }

    private static Limits tokens(long most) {
        return limits(0, most, 0);
    }

    private static Limits concurrent(long most) {
        return limits(0, 0, most);
    }

    /** Limits of which 0 is none. */
    private static Limits limits(long requests, long tokens, long concurrent) {
        return new Limits(
                some(requests),
                some(tokens),
                some(concurrent),
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    private static OptionalLong some(long most) {
        return most == 0 ? OptionalLong.empty() : OptionalLong.of(most);
    }

    private static Limits usd(OptionalDouble day, OptionalDouble month) {
        return new Limits(
                OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), day, month);
    }
}
