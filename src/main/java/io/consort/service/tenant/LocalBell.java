package io.consort.service.tenant;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A bell that is heard in this process. One listener's failure is logged and keeps no other from hearing. */
public final class LocalBell implements Bell {

    private static final Logger LOG = Logger.getLogger(LocalBell.class.getName());

    private final List<Ear> listeners = new CopyOnWriteArrayList<>();

    /** One listener's presence; no two are equal. */
    private final class Ear implements Listening {

        private final Consumer<Ring> listener;

        Ear(Consumer<Ring> listener) {
            this.listener = listener;
        }

        @Override
        public void close() {
            listeners.remove(this);
        }
    }

    /** A bell that nobody hears yet. */
    public LocalBell() {}

    @Override
    public void ring(String topic, String tenant) {
        Ring ring = new Ring(topic, tenant);
        for (Ear ear : listeners) {
            try {
                ear.listener.accept(ring);
            } catch (RuntimeException defect) {
                LOG.log(
                        Level.SEVERE,
                        "A change of %s could not be followed".formatted(ring),
                        defect);
            }
        }
    }

    @Override
    public Listening listen(Consumer<Ring> listener) {
        Ear ear = new Ear(listener);
        listeners.add(ear);
        return ear;
    }
}
