package io.consort.service.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.service.limit.Admission;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharedCountersTest {

    private static final int STEP = 5;
    private static final int BEAT = 40;
    private static final int LIMIT = 600;

    private final List<SimulatedNode> nodes = new ArrayList<>();
    private final Deque<Long> lastMinute = new ArrayDeque<>();
    private final int[] lost = new int[3];
    private long now = 1_800_000_000_000L;
    private long admitted;
    private int most;

    @BeforeEach
    void threeNodesThatKnowEachOther() {
        for (int i = 0; i < 3; i++) {
            nodes.add(
                    new SimulatedNode("n" + i, 100 + i, () -> now)
                            .limit(
                                    OptionalLong.of(LIMIT),
                                    OptionalLong.empty(),
                                    OptionalDouble.empty()));
        }
        run(1, new Random(1), 2, 0, 0, 0);
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "10,10,10", "5,0,0", "20,1,0", "1,3,9"})
    void nodesTogetherTakeTheLimitAndNoMore(int first, int second, int third) {
        run(150, new Random(first * 31L + second), 30, first, second, third);
        assertThat(most).isBetween(LIMIT * 95 / 100, LIMIT + 2);
        // The first minute's burst, and again when it counts no more.
        assertThat(admitted).isBetween(3L * LIMIT * 95 / 100, 3L * LIMIT + 4);
    }

    @Test
    void messagesThatTakeLongDoNotRaiseTheLimit() {
        run(100, new Random(5), 400, 8, 4, 8);
        assertThat(most).isBetween(LIMIT * 95 / 100, LIMIT + 2);
    }

    @Test
    void aNodeThatIsCutOffKeepsToItsPart() {
        run(2, new Random(7), 20, 1, 1, 1);
        lost[2] = 1;
        run(9, new Random(8), 20, 5, 5, 5);
        assertThat(most).isLessThanOrEqualTo(LIMIT + 2);
        run(150, new Random(9), 20, 5, 5, 5);
        assertThat(nodes.get(2).counters().isCutOff()).isTrue();
        assertThat(nodes.get(0).counters().isCutOff()).isFalse();
        assertThat(nodes.get(0).counters().nodes()).isEqualTo(2);
        assertThat(most).isBetween(LIMIT, LIMIT + LIMIT / 3 + 2);
        lost[2] = 0;
        run(1, new Random(10), 20, 0, 0, 0);
        assertThat(nodes.get(2).counters().isCutOff()).isFalse();
        assertThat(nodes.get(0).counters().nodes()).isEqualTo(3);
    }

    @Test
    void nodesThatAreAllCutOffTakeTheLimitTogether() {
        run(2, new Random(7), 20, 1, 1, 1);
        lost[0] = 1;
        lost[1] = 1;
        lost[2] = 1;
        run(200, new Random(8), 20, 5, 5, 5);
        assertThat(most).isBetween(LIMIT * 90 / 100, LIMIT + 2);
        assertThat(nodes).allMatch(node -> node.counters().isCutOff());
    }

    @Test
    void nodesThatLoseEachOtherOneAfterTheOtherTakeTheLimitTogether() {
        run(2, new Random(7), 20, 1, 1, 1);
        lost[2] = 1;
        run(1, new Random(8), 20, 5, 5, 5);
        lost[0] = 1;
        lost[1] = 1;
        run(200, new Random(9), 20, 5, 5, 5);
        assertThat(most).isBetween(LIMIT * 90 / 100, LIMIT + 2);
        assertThat(nodes).allMatch(node -> node.counters().isCutOff());
    }

    @Test
    void whatANodeTookCountsWhenItHasLeft() {
        run(1, new Random(3), 20, 0, 0, 2);
        long before = admitted;
        byte[] farewell = nodes.get(2).report(true);
        nodes.get(0).post(farewell, 0);
        nodes.get(1).post(farewell, 0);
        lost[2] = 1;
        run(30, new Random(4), 20, 5, 5, 0);
        assertThat(before).isPositive();
        assertThat(admitted).isBetween((long) LIMIT - 1, (long) LIMIT + 1);
        assertThat(nodes.get(0).counters().nodes()).isEqualTo(2);
    }

    @Test
    void aFewAnswersAtOnceMayAllBeGivenByOneNode() {
        nodes.forEach(node ->
                node.limit(OptionalLong.empty(), OptionalLong.of(10), OptionalDouble.empty()));
        List<Admission> running = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            if (nodes.get(1).ledger().admit("k", 0) instanceof Admission admission) {
                running.add(admission);
            }
            run(1, new Random(i), 20, 0, 0, 0);
        }
        assertThat(running).hasSize(10);
        assertThat(nodes.get(0).ledger().admit("k", 0)).isNotInstanceOf(Admission.class);
        running.forEach(admission -> admission.settle(0, 0));
        run(1, new Random(2), 20, 0, 0, 0);
        assertThat(nodes.get(0).ledger().admit("k", 0)).isInstanceOf(Admission.class);
    }

    @Test
    void moneyIsSharedAndStaysSpentWhenANodeIsGone() {
        nodes.forEach(node ->
                node.limit(OptionalLong.empty(), OptionalLong.empty(), OptionalDouble.of(1e-6)));
        assertThat(spend(2, 300)).isTrue();
        run(1, new Random(2), 20, 0, 0, 0);
        lost[2] = 1;
        run(120, new Random(3), 20, 0, 0, 0);
        assertThat(spend(0, 400)).isTrue();
        run(1, new Random(4), 20, 0, 0, 0);
        assertThat(spend(1, 400)).isFalse();
        assertThat(spend(1, 300)).isTrue();
        run(1, new Random(5), 20, 0, 0, 0);
        assertThat(spend(0, 1)).isFalse();
        now += 86_400_000;
        run(1, new Random(6), 20, 0, 0, 0);
        assertThat(spend(0, 400)).isTrue();
    }

    private boolean spend(int node, long nanoUsd) {
        if (nodes.get(node).ledger().admit("k", 0) instanceof Admission admission) {
            boolean afforded = admission.ask("expert", nanoUsd).isEmpty();
            admission.settle(0, nanoUsd);
            return afforded;
        }
        return false;
    }

    /** Lets each node be asked so often in every step, or a little less or more. */
    private void run(int seconds, Random random, int delay, int... load) {
        for (long end = now + seconds * 1_000L; now < end; now += STEP) {
            for (int i = 0; i < nodes.size(); i++) {
                SimulatedNode node = nodes.get(i);
                node.deliver();
                for (int asked = load(load[i], random); asked > 0; asked--) {
                    if (node.admits()) {
                        admitted++;
                        lastMinute.add(now);
                    }
                }
                if ((now + i * 15L) % BEAT == 0) {
                    tell(i, random, delay);
                }
            }
            while (!lastMinute.isEmpty() && lastMinute.getFirst() <= now - 60_000) {
                lastMinute.removeFirst();
            }
            most = Math.max(most, lastMinute.size());
        }
    }

    private static int load(int mean, Random random) {
        return mean == 0 ? 0 : random.nextInt(2 * mean + 1);
    }

    private void tell(int from, Random random, int delay) {
        byte[] report = nodes.get(from).report(false);
        for (int to = 0; to < nodes.size(); to++) {
            if (to != from && lost[from] + lost[to] == 0) {
                nodes.get(to).post(report, random.nextInt(delay));
            }
        }
    }
}
