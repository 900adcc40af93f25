package io.consort.service;

import io.consort.experts.Expert;
import io.consort.experts.guard.Health;
import io.consort.service.cluster.Cluster;
import io.consort.service.cluster.ClusterBell;
import io.consort.service.cluster.ClusterSettings;
import io.consort.service.cluster.CounterExchange;
import io.consort.service.cluster.HealthBoard;
import io.consort.service.cluster.HealthBoard.Subject;
import io.consort.service.cluster.Neighbours;
import io.consort.service.cluster.SharedCounters;
import io.consort.service.limit.Ledgers;
import io.consort.service.limit.LimitCounters;
import io.consort.service.tenant.Bell;
import io.consort.service.tenant.LocalBell;
import io.consort.service.tenant.Tenancies;
import io.consort.service.tenant.Tenancy;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** This node's part in a cluster, if it has one; without, everything here is this process alone. */
final class Clustering implements AutoCloseable {

    private static final Duration HEALTH_PAUSE = Duration.ofSeconds(1);

    private final Optional<Joined> joined;
    private final Bell alone = new LocalBell();
    private final Clock clock;
    private volatile Optional<Presence> presence = Optional.empty();

    private record Joined(Cluster cluster, ClusterBell bell, SharedCounters counters) {}

    private record Presence(CounterExchange exchange, HealthBoard board) {}

    private Clustering(Optional<Joined> joined, Clock clock) {
        this.joined = joined;
        this.clock = clock;
    }

    /** Joins the cluster that is configured. */
    static Clustering of(ConsortConfig.Cluster config, SecureRandom random, Clock clock) {
        if (!config.enabled()) {
            return new Clustering(Optional.empty(), clock);
        }
        Cluster cluster =
                Cluster.join(
                        new ClusterSettings(
                                config.name(),
                                config.members().orElse(List.of()),
                                config.kubernetes(),
                                config.network(),
                                config.port()),
                        random.nextLong());
        return new Clustering(
                Optional.of(
                        new Joined(
                                cluster,
                                new ClusterBell(cluster.channel("bell")),
                                new SharedCounters(cluster.node(), cluster.life(), clock::millis))),
                clock);
    }

    /** Heard in every node. */
    Bell bell() {
        return joined.<Bell>map(Joined::bell).orElse(alone);
    }

    /** What of every limit falls to this node. */
    LimitCounters counters() {
        return joined.<LimitCounters>map(Joined::counters).orElse(LimitCounters.ALONE);
    }

    /** How other nodes have seen experts do. */
    Neighbours neighbours() {
        return (tenant, expert) ->
                presence.map(Presence::board)
                        .map(board -> board.of(tenant, expert))
                        .orElse(List.of());
    }

    /** Tells others from now on; before the first request. */
    void begin(Ledgers ledgers, Tenancies tenancies) {
        presence =
                joined.map(node -> {
                    Cluster cluster = node.cluster();
                    HealthBoard board =
                            new HealthBoard(
                                    cluster.node(),
                                    cluster.channel("health"),
                                    () -> health(tenancies),
                                    clock::millis);
                    board.start(HEALTH_PAUSE);
                    return new Presence(
                            CounterExchange.start(
                                    node.counters(),
                                    ledgers,
                                    cluster.channel("counters"),
                                    CounterExchange.PAUSE),
                            board);
                });
    }

    /** Nodes that see each other; 1 without a cluster. */
    int nodes() {
        return joined.map(node -> node.cluster().nodes()).orElse(1);
    }

    /** Whether this node knows too little of others to share limits with them. */
    boolean isCutOff() {
        return joined.map(node -> node.counters().isCutOff()).orElse(false);
    }

    @Override
    public void close() {
        presence.ifPresent(here -> {
            here.exchange().close();
            here.board().close();
        });
        joined.ifPresent(node -> {
            node.bell().close();
            node.cluster().close();
        });
    }

    private static Map<Subject, Health> health(Tenancies tenancies) {
        Map<Subject, Health> all = new HashMap<>();
        for (Tenancy tenancy : tenancies.live()) {
            for (Expert expert : tenancy.roster().catalog().experts()) {
                tenancy.roster()
                        .health(expert.id())
                        .filter(seen -> seen.attempts() > 0)
                        .ifPresent(
                                seen -> all.put(new Subject(tenancy.tenant(), expert.id()), seen));
            }
        }
        return all;
    }
}
