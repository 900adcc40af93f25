package io.consort.runtime.backend.cuda.tiers;

import io.consort.runtime.backend.cuda.driver.Context;
import io.consort.runtime.backend.cuda.driver.Event;
import io.consort.runtime.backend.cuda.driver.Stream;
import io.consort.runtime.tiers.TierException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Weights of one expert on their way to the device, layer after layer. Whoever computes lets its
 * stream wait for each layer just before it uses it. Thread-safe.
 */
public final class Arrival implements AutoCloseable {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Event> events = new ArrayList<>();
    private int submitted;
    private Optional<TierException> failure = Optional.empty();

    Arrival(Context context, int layers) {
        for (int i = 0; i < layers; i++) {
            events.add(Event.create(context));
        }
    }

    /** Number of layers. */
    public int layers() {
        return events.size();
    }

    /**
     * Lets what is submitted to a stream from now on wait for a layer. Waits itself until the layer's
     * copies have been submitted, which is at once where they come from pinned memory.
     *
     * @throws TierException when the weights do not arrive
     */
    public void awaitLayer(int layer, Stream stream) {
        lock.lock();
        try {
            while (submitted <= layer && failure.isEmpty()) {
                changed.awaitUninterruptibly();
            }
            if (submitted <= layer) {
                throw failure.orElseThrow();
            }
        } finally {
            lock.unlock();
        }
        stream.waitFor(events.get(layer));
    }

    /** All copies of the next layer have been submitted to a stream. */
    void submitted(Stream copies) {
        copies.record(events.get(submitted));
        lock.lock();
        try {
            submitted++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** No more layers will come. */
    void fail(TierException cause) {
        lock.lock();
        try {
            failure = Optional.of(cause);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nobody waits any more. */
    @Override
    public void close() {
        events.forEach(Event::close);
    }
}
