package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.cuda.driver.Context;
import io.consort.runtime.backend.cuda.driver.DeviceMemory;
import io.consort.runtime.backend.cuda.driver.Event;
import io.consort.runtime.backend.cuda.driver.Stream;

/** How fast a device copies its own memory: the limit for everything that must read its weights. */
public final class CopySpeed {

    private static final long BYTES = 4L << 30;
    private static final int TIMES = 5;

    private CopySpeed() {}

    /** Gigabytes per second, those read plus those written; the best of several copies. */
    public static double measure(CudaBackend backend) {
        Context context = backend.context();
        context.makeCurrent();
        double best = 0;
        try (Stream stream = Stream.create(context, Stream.Priority.HIGH);
                DeviceMemory from = DeviceMemory.allocate(context, BYTES);
                DeviceMemory to = DeviceMemory.allocate(context, BYTES);
                Event begin = Event.timed(context);
                Event end = Event.timed(context)) {
            stream.fill(from.address(), (byte) 0x5a, BYTES);
            for (int i = 0; i <= TIMES; i++) {
                stream.record(begin);
                stream.copy(to.address(), from.address(), BYTES);
                stream.record(end);
                stream.synchronize();
                best = Math.max(best, 2 * BYTES / (end.millisecondsSince(begin) * 1e6));
            }
        }
        return best;
    }
}
