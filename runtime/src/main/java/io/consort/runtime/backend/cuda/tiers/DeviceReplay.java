package io.consort.runtime.backend.cuda.tiers;

import io.consort.runtime.backend.cuda.driver.Context;
import io.consort.runtime.backend.cuda.driver.Device;
import io.consort.runtime.backend.cuda.driver.Stream;
import io.consort.runtime.tiers.Alarm;
import io.consort.runtime.tiers.Lease;
import io.consort.runtime.tiers.TierSettings;
import io.consort.runtime.tiers.Tiers;
import io.consort.runtime.tiers.replay.Request;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Plays requests to the memory tiers on the first device in real time. Every request waits until all
 * layers of its expert are there, and then keeps its lease as long as it would compute.
 */
public final class DeviceReplay {

    private final Tiers tiers;
    private final DeviceTiers mover;
    private final Context context;
    private final long serviceNanos;
    private final DoubleAdder lost = new DoubleAdder();

    /**
     * What the replay has cost, per 100 requests.
     *
     * @param switches loads to the device
     * @param lost seconds of waiting for weights
     */
    public record Cost(double switches, double lost) {}

    private DeviceReplay(Tiers tiers, DeviceTiers mover, Context context, double serviceSeconds) {
        this.tiers = tiers;
        this.mover = mover;
        this.context = context;
        this.serviceNanos = (long) (serviceSeconds * 1e9);
    }

    /**
     * Plays all of them.
     *
     * @param file of at least {@code expertBytes}, which all experts share
     * @param expertBytes of each expert, in one layer
     */
    public static Cost run(
            TierSettings settings,
            Path file,
            int experts,
            long expertBytes,
            List<Request> requests,
            double serviceSeconds) {
        DeviceTiers.Room room = DeviceTiers.Room.of(settings.deviceBytes(), settings.pinnedBytes());
        try (Context context = Context.open(Device.all().getFirst());
                Alarm alarm = Alarm.ofThread();
                DeviceTiers mover = new DeviceTiers(context, room);
                Tiers tiers = new Tiers(settings, mover, alarm, System::nanoTime)) {
            for (int i = 0; i < experts; i++) {
                WeightImage image = WeightImage.of(file, 0, List.of(expertBytes));
                tiers.register(name(i), mover.register(name(i), image));
                tiers.acquire(name(i)).join().close();
            }
            return new DeviceReplay(tiers, mover, context, serviceSeconds).play(requests);
        }
    }

    private Cost play(List<Request> requests) {
        int before = mover.promotions();
        CountDownLatch left = new CountDownLatch(requests.size());
        long begin = System.nanoTime();
        try (ExecutorService executor = Executors.newCachedThreadPool()) {
            for (Request request : requests) {
                LockSupport.parkNanos(begin + request.at() - System.nanoTime());
                long since = System.nanoTime();
                executor.execute(() -> {
                    serve(name(request.expert()), since);
                    left.countDown();
                });
            }
        }
        if (left.getCount() != 0) {
            throw new IllegalStateException(
                    "%d requests were not served".formatted(left.getCount()));
        }
        double hundreds = requests.size() / 100.0;
        return new Cost((mover.promotions() - before) / hundreds, lost.sum() / hundreds);
    }

    private void serve(String expert, long since) {
        context.makeCurrent();
        try (Lease lease = tiers.acquire(expert).join();
                Stream stream = Stream.create(context, Stream.Priority.HIGH)) {
            mover.arrival(lease.expert()).orElseThrow().awaitLayer(0, stream);
            stream.synchronize();
            long ready = System.nanoTime();
            lost.add((ready - since) / 1e9);
            while (System.nanoTime() - ready < serviceNanos) {
                LockSupport.parkNanos(serviceNanos - (System.nanoTime() - ready));
            }
        }
    }

    private static String name(int expert) {
        return "expert-" + expert;
    }
}
