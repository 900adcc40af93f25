package io.consort.service.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consort.experts.Limits;
import io.consort.experts.guard.Circuit;
import io.consort.experts.guard.Health;
import io.consort.service.cluster.HealthBoard.Subject;
import io.consort.service.limit.Admission;
import io.consort.service.limit.Exceeded;
import io.consort.service.limit.Ledgers;
import io.consort.service.limit.Verdict;
import io.consort.service.tenant.Bell;
import io.consort.service.tenant.Bell.Ring;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ClusterTest {

    private static final int LIMIT = 3_000;
    private static final List<Cluster> NODES = new ArrayList<>();
    private static int firstPort;

    @BeforeAll
    static void threeNodes() throws IOException {
        List<Integer> ports = List.of(freePort(), freePort(), freePort());
        firstPort = ports.getFirst();
        List<String> members = ports.stream().map(port -> "127.0.0.1:" + port).toList();
        for (int port : ports) {
            NODES.add(
                    Cluster.join(
                            new ClusterSettings(
                                    "test", members, Optional.empty(), "127.0.0.1", port),
                            port));
        }
    }

    @AfterAll
    static void leave() {
        NODES.forEach(Cluster::close);
    }

    /** A node hears of the last one a little after that has joined. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void nodesFindEachOther() {
        while (!NODES.stream().allMatch(node -> node.nodes() == NODES.size())) {
            Thread.onSpinWait();
        }
        assertThat(NODES).extracting(Cluster::nodes).containsExactly(3, 3, 3);
        assertThat(NODES.getFirst().node()).isEqualTo("127.0.0.1:" + firstPort);
    }

    @Test
    void aBellIsHeardInEveryNodeOnce() throws InterruptedException {
        List<ClusterBell> bells =
                NODES.stream().map(node -> new ClusterBell(node.channel("bell"))).toList();
        List<BlockingQueue<Ring>> heard = new ArrayList<>();
        for (ClusterBell bell : bells) {
            BlockingQueue<Ring> rings = new LinkedBlockingQueue<>();
            bell.listen(rings::add);
            heard.add(rings);
        }
        bells.get(1).ring(Bell.CATALOG, "acme");
        bells.get(1).ring(Bell.KEYS, "acme");
        for (BlockingQueue<Ring> rings : heard) {
            assertThat(rings.poll(60, TimeUnit.SECONDS)).isEqualTo(new Ring(Bell.CATALOG, "acme"));
            assertThat(rings.poll(60, TimeUnit.SECONDS)).isEqualTo(new Ring(Bell.KEYS, "acme"));
            assertThat(rings).isEmpty();
        }
        bells.forEach(ClusterBell::close);
    }

    @Test
    void aLimitIsSharedByNodesUnderLoad() throws InterruptedException {
        List<Ledgers> ledgers = new ArrayList<>();
        List<CounterExchange> exchanges = new ArrayList<>();
        for (Cluster node : NODES) {
            SharedCounters counters =
                    new SharedCounters(node.node(), node.life(), System::currentTimeMillis);
            Ledgers here = new Ledgers(counters, System::currentTimeMillis);
            here.of("acme").limit(requests(LIMIT), Map.of());
            ledgers.add(here);
            exchanges.add(
                    CounterExchange.start(
                            counters, here, node.channel("counters"), CounterExchange.PAUSE));
            while (counters.nodes() < ledgers.size()) {
                Thread.onSpinWait();
            }
        }
        AtomicLong admitted = new AtomicLong();
        List<Thread> load =
                ledgers.stream()
                        .map(here -> Thread.ofPlatform().start(() -> exhaust(here, admitted)))
                        .toList();
        for (Thread one : load) {
            one.join();
        }
        exchanges.forEach(CounterExchange::close);
        assertThat(admitted.get()).isBetween(LIMIT * 95L / 100, LIMIT * 105L / 100);
    }

    @Test
    void nodesKnowHowExpertsDoElsewhere() {
        Health health =
                new Health(
                        Circuit.OPEN,
                        12,
                        0.25,
                        Optional.of(Duration.ofMillis(7)),
                        Optional.empty(),
                        Optional.of(Duration.ofSeconds(1)),
                        3);
        HealthBoard one = board(0, Map.of(new Subject("acme", "gpt"), health));
        HealthBoard other = board(1, Map.of());
        List<NodeHealth> seen = other.of("acme", "gpt");
        while (seen.isEmpty()) {
            one.tell();
            seen = other.of("acme", "gpt");
        }
        assertThat(seen.getFirst().node()).isEqualTo("node-0");
        assertThat(seen.getFirst().health()).isEqualTo(health);
        assertThat(other.of("other", "gpt")).isEmpty();
        assertThat(one.of("acme", "gpt")).isEmpty();
        one.close();
        other.close();
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        ClusterSettings taken =
                new ClusterSettings(
                        "test", List.of("127.0.0.1"), Optional.empty(), "127.0.0.1", firstPort);
        assertThatThrownBy(() -> Cluster.join(taken, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("consort.cluster.port");
    }

    @Test
    void aNodeThatHasLeftGoesOnWithoutOthers() throws IOException {
        Cluster alone =
                Cluster.join(
                        new ClusterSettings(
                                "other",
                                List.of("127.0.0.1:" + firstPort),
                                Optional.empty(),
                                "127.0.0.1",
                                freePort()),
                        9);
        assertThat(alone.nodes()).isEqualTo(1);
        ClusterBell bell = new ClusterBell(alone.channel("bell"));
        BlockingQueue<Ring> rings = new LinkedBlockingQueue<>();
        bell.listen(rings::add);
        alone.close();
        assertThat(alone.nodes()).isZero();
        bell.ring(Bell.KEYS, "acme");
        assertThat(rings).containsExactly(new Ring(Bell.KEYS, "acme"));
        bell.close();
    }

    @Test
    void settingsThatMakeNoSenseAreExplained() {
        assertThatThrownBy(() ->
                        new ClusterSettings("c", List.of(), Optional.empty(), "127.0.0.1", 5701))
                .hasMessageContaining("consort.cluster.members");
        assertThatThrownBy(() ->
                        new ClusterSettings("c", List.of("a"), Optional.empty(), "127.0.0.1", 0))
                .hasMessageContaining("consort.cluster.port");
    }

    /** Asks until nobody has anything left, as far as this node knows. */
    private static void exhaust(Ledgers ledgers, AtomicLong admitted) {
        while (true) {
            Verdict verdict = ledgers.of("acme").admit("k", 0);
            if (verdict instanceof Admission admission) {
                admission.settle(0, 0);
                admitted.incrementAndGet();
            } else if (verdict instanceof Exceeded exceeded
                    && exceeded.standing().requests().orElseThrow().remaining() == 0) {
                return;
            }
        }
    }

    private static HealthBoard board(int node, Map<Subject, Health> here) {
        return new HealthBoard(
                "node-" + node, NODES.get(node).channel("health"), () -> here, () -> 1_000);
    }

    private static Limits requests(long limit) {
        return new Limits(
                OptionalLong.of(limit),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }
}
