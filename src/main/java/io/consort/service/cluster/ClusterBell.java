package io.consort.service.cluster;

import io.consort.service.tenant.Bell;
import io.consort.service.tenant.LocalBell;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A bell that is heard in every node: here at once, elsewhere as soon as the message comes. Listeners
 * hear what comes from elsewhere on one thread of the bell's own. Thread-safe.
 */
public final class ClusterBell implements Bell, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ClusterBell.class.getName());

    private final LocalBell here = new LocalBell();
    private final Channel channel;
    private final ExecutorService ringer =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("cluster-bell").factory());

    /** A bell over this channel. */
    public ClusterBell(Channel channel) {
        this.channel = channel;
        channel.receive(this::hear);
    }

    @Override
    public void ring(String topic, String tenant) {
        here.ring(topic, tenant);
        channel.send(
                Frame.write(out -> {
                    out.writeUTF(topic);
                    out.writeUTF(tenant);
                }));
    }

    @Override
    public Listening listen(Consumer<Ring> listener) {
        return here.listen(listener);
    }

    /** Rings no more for others. */
    @Override
    public void close() {
        ringer.shutdownNow();
    }

    private void hear(byte[] message) {
        Ring ring = Frame.read(message, in -> new Ring(in.readUTF(), in.readUTF()));
        try {
            ringer.execute(() -> here.ring(ring.topic(), ring.tenant()));
        } catch (RejectedExecutionException closed) {
            LOG.log(Level.FINE, "The bell rang behind the end", closed);
        }
    }
}
