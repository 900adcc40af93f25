package io.consort.runtime.backend.cuda.tiers;

import io.consort.runtime.backend.cuda.driver.Context;
import io.consort.runtime.backend.cuda.driver.DeviceMemory;
import io.consort.runtime.backend.cuda.driver.Event;
import io.consort.runtime.backend.cuda.driver.PinnedMemory;
import io.consort.runtime.backend.cuda.driver.Stream;
import java.util.Arrays;

/** Measures bare copies with the device's own clock. */
public final class LinkMeasure implements AutoCloseable {

    private static final long BYTES = 1L << 30;
    private static final int TIMES = 7;

    private final Stream stream;
    private final Event begin;
    private final Event end;
    private final PinnedMemory host;
    private final DeviceMemory one;
    private final DeviceMemory two;

    /** Takes memory on both sides of the link. */
    public LinkMeasure(Context context) {
        stream = Stream.create(context, Stream.Priority.HIGH);
        begin = Event.timed(context);
        end = Event.timed(context);
        host = PinnedMemory.allocate(context, BYTES);
        one = DeviceMemory.allocate(context, BYTES);
        two = DeviceMemory.allocate(context, BYTES);
        host.segment().fill((byte) 0x5a);
    }

    /** GB per second from pinned memory to the device. */
    public double toDevice() {
        return BYTES / seconds(() -> stream.copyToDevice(one.address(), host.segment())) / 1e9;
    }

    double toHost() {
        return BYTES / seconds(() -> stream.copyToHost(host.segment(), one.address())) / 1e9;
    }

    double onDevice() {
        return 2 * BYTES / seconds(() -> stream.copy(two.address(), one.address(), BYTES)) / 1e9;
    }

    /** The median of several runs, the first of which does not count. */
    private double seconds(Runnable copy) {
        double[] seconds = new double[TIMES];
        for (int i = -1; i < TIMES; i++) {
            stream.record(begin);
            copy.run();
            stream.record(end);
            end.synchronize();
            if (i >= 0) {
                seconds[i] = end.millisecondsSince(begin) / 1e3;
            }
        }
        Arrays.sort(seconds);
        return seconds[TIMES / 2];
    }

    @Override
    public void close() {
        two.close();
        one.close();
        host.close();
        end.close();
        begin.close();
        stream.close();
    }
}
