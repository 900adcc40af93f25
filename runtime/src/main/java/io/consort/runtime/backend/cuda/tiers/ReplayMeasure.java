package io.consort.runtime.backend.cuda.tiers;

import io.consort.runtime.tiers.LinkSpeeds;
import io.consort.runtime.tiers.TierSettings;
import io.consort.runtime.tiers.TierSettings.Eviction;
import io.consort.runtime.tiers.TierSettings.Order;
import io.consort.runtime.tiers.replay.Arrivals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Replays of one set of arrivals on the device: plain LRU by arrival, and the tiers' policy. */
public final class ReplayMeasure {

    private static final int EXPERTS = 12;
    private static final int FIT = 4;
    private static final long EXPERT = 64L * (32L << 20);
    private static final double SERVICE_SECONDS = 0.1;
    private static final Arrivals.Shape SHAPE = new Arrivals.Shape(EXPERTS, 400, 30);

    private ReplayMeasure() {}

    /** What one policy has cost. */
    public record Row(Arrivals arrivals, Order order, Eviction eviction, DeviceReplay.Cost cost) {}

    /**
     * Plays 400 requests, 30 a second, for 12 experts of 2 GiB of which 4 fit, twice for each kind of
     * arrivals.
     *
     * @param folder for a file of 2 GiB, which is deleted again
     */
    public static List<Row> run(Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "expert", ".weights");
        try {
            TierMeasure.makeUp(file, EXPERT);
            List<Row> rows = new ArrayList<>();
            for (Arrivals arrivals : Arrivals.values()) {
                rows.add(row(file, arrivals, Order.ARRIVAL, Eviction.LEAST_RECENTLY_USED));
                rows.add(row(file, arrivals, Order.GROUPED, Eviction.PRICED));
            }
            return rows;
        } finally {
            Files.delete(file);
        }
    }

    private static Row row(Path file, Arrivals arrivals, Order order, Eviction eviction) {
        TierSettings settings =
                new TierSettings(
                        FIT * EXPERT,
                        EXPERTS * EXPERT,
                        new LinkSpeeds(53e9, 8e9),
                        order,
                        eviction,
                        Duration.ofSeconds(2));
        return new Row(
                arrivals,
                order,
                eviction,
                DeviceReplay.run(
                        settings, file, EXPERTS, EXPERT, arrivals.of(SHAPE, 1), SERVICE_SECONDS));
    }
}
