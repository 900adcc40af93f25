package io.consort.runtime.local;

import io.consort.runtime.backend.cuda.tiers.LinkMeasure;
import io.consort.runtime.bench.RandomModel;
import io.consort.runtime.engine.Engine;
import io.consort.runtime.tiers.TierSettings;
import io.consort.runtime.tiers.TierSettings.Eviction;
import io.consort.runtime.tiers.TierSettings.Order;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * Measures how long the first token of an expert takes whose weights are in host memory, and who
 * drives another one from the device: two models of the shape of Llama 3 8B take turns on a device
 * that has room for one.
 */
public final class FirstTokenMeasure {

    private static final int ROUNDS = 5;

    private FirstTokenMeasure() {}

    /**
     * What was measured.
     *
     * @param bytes of weights
     * @param bareSeconds for as many bytes from pinned memory, in bare copies of the same run
     * @param mappedSeconds to the first token from the mapped file, which was in memory
     * @param pinnedSeconds to the first token from pinned memory, the other model's leaving included
     * @param residentSeconds to the first token of a model that is on the device
     */
    public record Figures(
            long bytes,
            double bareSeconds,
            double mappedSeconds,
            double pinnedSeconds,
            double residentSeconds) {}

    /**
     * Measures on the first device.
     *
     * @param folder receives a config.json
     */
    public static Figures run(Path folder) {
        RandomModel shape = RandomModel.LLAMA_3_8B;
        long room = 18L << 30;
        TierSettings settings =
                new TierSettings(
                        room,
                        2 * room,
                        CudaDevice.SPEEDS,
                        Order.ARRIVAL,
                        Eviction.PRICED,
                        Duration.ofSeconds(2));
        CudaDevice device = CudaDevice.open(settings);
        Hosting hosting = new TieredHosting(device);
        try (Engine engine = Engine.start("first-token", Cuda.SETTINGS.withoutReuse())) {
            MeasuredModel one = MeasuredModel.of(engine, hosting, shape.make(folder, 1));
            MeasuredModel two = MeasuredModel.of(engine, hosting, shape.make(folder, 2));
            double toDevice;
            try (LinkMeasure link = new LinkMeasure(device.context())) {
                toDevice = link.toDevice() * 1e9;
            }
            long bytes = one.checkpoint().weights().bytes();
            one.ask();
            one.awaitPinned();
            double mapped = two.ask();
            two.awaitPinned();
            one.ask();
            double[] pinned = new double[ROUNDS];
            double[] resident = new double[ROUNDS];
            for (int i = 0; i < ROUNDS; i++) {
                MeasuredModel next = i % 2 == 0 ? two : one;
                pinned[i] = next.ask();
                resident[i] = next.ask();
            }
            one.close();
            two.close();
            return new Figures(bytes, bytes / toDevice, mapped, median(pinned), median(resident));
        } finally {
            hosting.close();
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
