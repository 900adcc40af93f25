package io.consort.runtime.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consort.runtime.tiers.LinkSpeeds;
import io.consort.runtime.tiers.TierSettings;
import io.consort.runtime.tiers.TierSettings.Eviction;
import io.consort.runtime.tiers.TierSettings.Order;
import io.consort.runtime.tiers.replay.Arrivals;
import io.consort.runtime.tiers.replay.Outcome;
import io.consort.runtime.tiers.replay.Replay;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The command {@code bench switch}: what policies of the memory tiers cost, in simulated time. */
public final class SwitchBench {

    private static final long GIGABYTE = 1_000_000_000L;
    private static final double PATIENCE_SECONDS = 2;

    private SwitchBench() {}

    /** A policy, and whether it hears of second choices. */
    private record Policy(String name, Order order, Eviction eviction, boolean foresight) {}

    private record Row(Arrivals arrivals, Policy policy, Outcome outcome) {}

    private static final List<Policy> POLICIES =
            List.of(
                    new Policy(
                            "by arrival, least recently used",
                            Order.ARRIVAL,
                            Eviction.LEAST_RECENTLY_USED,
                            false),
                    new Policy(
                            "grouped, least recently used",
                            Order.GROUPED,
                            Eviction.LEAST_RECENTLY_USED,
                            false),
                    new Policy("grouped, priced", Order.GROUPED, Eviction.PRICED, false),
                    new Policy("grouped, priced, foreseen", Order.GROUPED, Eviction.PRICED, true));

    /**
     * Runs the command.
     *
     * @return the exit code: 0 when everything was played
     */
    public static int run(List<String> args, PrintStream out, PrintStream err) {
        if (args.contains("--help") || args.contains("-h")) {
            out.print(SwitchOptions.USAGE);
            return 0;
        }
        try {
            SwitchOptions options = SwitchOptions.parse(args);
            List<Row> rows = new ArrayList<>();
            for (Arrivals arrivals : Arrivals.values()) {
                for (Policy policy : POLICIES) {
                    rows.add(new Row(arrivals, policy, play(options, arrivals, policy)));
                }
            }
            out.print(options.json() ? json(options, rows) : text(options, rows));
            return 0;
        } catch (IllegalArgumentException e) {
            err.println("bench switch: " + e.getMessage());
            return 2;
        }
    }

    private static Outcome play(SwitchOptions options, Arrivals arrivals, Policy policy) {
        TierSettings settings =
                new TierSettings(
                        options.device() * GIGABYTE,
                        options.pinned() * GIGABYTE,
                        new LinkSpeeds(options.link() * GIGABYTE, options.file() * GIGABYTE),
                        policy.order(),
                        policy.eviction(),
                        Duration.ofMillis((long) (PATIENCE_SECONDS * 1e3)));
        Arrivals.Shape shape =
                new Arrivals.Shape(options.experts(), options.requests(), options.rate());
        return Replay.run(
                settings,
                options.experts(),
                options.expert() * GIGABYTE,
                arrivals.of(shape, options.seed()),
                options.service(),
                policy.foresight());
    }

    private static String text(SwitchOptions options, List<Row> rows) {
        StringBuilder text = new StringBuilder();
        text.append(
                String.format(
                        Locale.ROOT,
                        "%d experts of %d GB, %d GB on the device, %d GB pinned, links %d and %d GB/s, %d requests at %.1f a second, seed %d%n",
                        options.experts(),
                        options.expert(),
                        options.device(),
                        options.pinned(),
                        options.link(),
                        options.file(),
                        options.requests(),
                        options.rate(),
                        options.seed()));
        text.append(
                "%-8s %-32s %9s %9s %9s %9s %8s%n"
                        .formatted("", "", "switches", "lost s", "p95 s", "longest s", "loading"));
        for (Row row : rows) {
            Outcome outcome = row.outcome();
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%-8s %-32s %9.1f %9.1f %9.2f %9.2f %7.0f%%%n",
                            row.arrivals().name().toLowerCase(Locale.ROOT),
                            row.policy().name(),
                            outcome.switches(),
                            outcome.lost(),
                            outcome.slowest(),
                            outcome.longest(),
                            100 * outcome.loading()));
        }
        return text.append("(switches and seconds lost to waiting per 100 requests)\n").toString();
    }

    private static String json(SwitchOptions options, List<Row> rows) {
        ObjectNode root = JsonMapper.builder().build().createObjectNode();
        root.put("experts", options.experts())
                .put("expert_gb", options.expert())
                .put("device_gb", options.device())
                .put("pinned_gb", options.pinned())
                .put("pinned_to_device_gb_per_s", options.link())
                .put("file_to_pinned_gb_per_s", options.file())
                .put("requests", options.requests())
                .put("requests_per_s", options.rate())
                .put("seed", options.seed());
        ArrayNode array = root.putArray("rows");
        for (Row row : rows) {
            array.addObject()
                    .put("arrivals", row.arrivals().name().toLowerCase(Locale.ROOT))
                    .put("policy", row.policy().name())
                    .put("switches_per_100", row.outcome().switches())
                    .put("lost_s_per_100", row.outcome().lost())
                    .put("p95_wait_s", row.outcome().slowest())
                    .put("longest_wait_s", row.outcome().longest())
                    .put("link_busy", row.outcome().loading());
        }
        return root + System.lineSeparator();
    }
}
