package io.consort.runtime.backend.cuda.tiers;

import io.consort.runtime.backend.cuda.driver.Stream;
import java.lang.foreign.MemorySegment;

/** Copies an expert's bytes to the device in order, and says when a layer is complete. */
final class Transfer {

    private final Stream copies;
    private final DeviceExpert expert;
    private final Arrival arrival;
    private long done;
    private int layer;

    Transfer(Stream copies, DeviceExpert expert, Arrival arrival) {
        this.copies = copies;
        this.expert = expert;
        this.arrival = arrival;
    }

    /** Bytes that have been submitted. */
    long done() {
        return done;
    }

    /** Submits the next bytes, cut where layers end; memory for them is mapped while those before them are copied. */
    void submit(MemorySegment bytes) {
        expert.map(done + bytes.byteSize());
        long at = 0;
        while (at < bytes.byteSize()) {
            long layerEnd = expert.image().layerEnds().get(layer);
            long size = Math.min(bytes.byteSize() - at, layerEnd - done);
            copies.copyToDevice(expert.address() + done, bytes.asSlice(at, size));
            at += size;
            done += size;
            if (done == layerEnd) {
                arrival.submitted(copies);
                layer++;
            }
        }
    }
}
