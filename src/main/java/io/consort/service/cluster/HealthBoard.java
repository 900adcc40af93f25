package io.consort.service.cluster;

import io.consort.experts.guard.Circuit;
import io.consort.experts.guard.Health;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tells other nodes once a second how experts do here, and keeps what they tell until they have been
 * silent for {@link #FORGET}. Thread-safe.
 */
public final class HealthBoard implements Neighbours, AutoCloseable {

    /** Milliseconds after which what a node told is no longer shown. */
    static final long FORGET = 15_000;

    private static final Logger LOG = Logger.getLogger(HealthBoard.class.getName());
    private static final long NONE = -1;

    private final String node;
    private final Channel channel;
    private final Supplier<Map<Subject, Health>> here;
    private final LongSupplier millis;
    private final Map<String, Said> said = new ConcurrentSkipListMap<>();
    private final ScheduledExecutorService clockwork =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("cluster-health").factory());

    /** An expert of a tenant. */
    public record Subject(String tenant, String expert) {}

    private record Said(long at, Map<Subject, Health> health) {}

    /**
     * A board that has heard nothing.
     *
     * @param node where this node listens
     * @param here how experts do here now; must not throw
     * @param millis since some time
     */
    public HealthBoard(
            String node,
            Channel channel,
            Supplier<Map<Subject, Health>> here,
            LongSupplier millis) {
        this.node = node;
        this.channel = channel;
        this.here = here;
        this.millis = millis;
        channel.receive(this::hear);
    }

    /** Begins to tell. */
    public void start(Duration pause) {
        var _ =
                clockwork.scheduleWithFixedDelay(
                        this::tell, 0, pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public List<NodeHealth> of(String tenant, String expert) {
        Subject subject = new Subject(tenant, expert);
        long now = millis.getAsLong();
        List<NodeHealth> all = new ArrayList<>();
        said.forEach((other, what) -> {
            Health health = what.health().get(subject);
            if (health != null && now - what.at() < FORGET) {
                all.add(new NodeHealth(other, now - what.at(), health));
            }
        });
        return all;
    }

    /** Tells no more. */
    @Override
    public void close() {
        clockwork.shutdownNow();
    }

    /** Tells how experts do here. Never throws: what is scheduled would not come again. */
    void tell() {
        try {
            Map<Subject, Health> now = here.get();
            channel.send(
                    Frame.write(out -> {
                        out.writeUTF(node);
                        out.writeInt(now.size());
                        for (Map.Entry<Subject, Health> entry : now.entrySet()) {
                            out.writeUTF(entry.getKey().tenant());
                            out.writeUTF(entry.getKey().expert());
                            write(entry.getValue(), out);
                        }
                    }));
        } catch (RuntimeException defect) {
            LOG.log(Level.SEVERE, "Other nodes do not hear how experts do here", defect);
        }
    }

    private void hear(byte[] message) {
        long now = millis.getAsLong();
        said.values().removeIf(old -> now - old.at() >= FORGET);
        Frame.<Optional<Said>>read(
                message,
                in -> {
                    String other = in.readUTF();
                    Map<Subject, Health> health = new HashMap<>();
                    for (int left = in.readInt(); left > 0; left--) {
                        health.put(new Subject(in.readUTF(), in.readUTF()), health(in));
                    }
                    return Optional.ofNullable(said.put(other, new Said(now, health)));
                });
    }

    private static void write(Health health, DataOutputStream out) throws IOException {
        out.writeUTF(health.circuit().name());
        out.writeLong(health.attempts());
        out.writeDouble(health.success());
        out.writeLong(nanos(health.latency()));
        out.writeLong(nanos(health.median()));
        out.writeLong(nanos(health.percentile95()));
        out.writeInt(health.inFlight());
    }

    private static Health health(DataInputStream in) throws IOException {
        return new Health(
                Circuit.valueOf(in.readUTF()),
                in.readLong(),
                in.readDouble(),
                duration(in.readLong()),
                duration(in.readLong()),
                duration(in.readLong()),
                in.readInt());
    }

    private static long nanos(Optional<Duration> time) {
        return time.map(Duration::toNanos).orElse(NONE);
    }

    private static Optional<Duration> duration(long nanos) {
        return nanos == NONE ? Optional.empty() : Optional.of(Duration.ofNanos(nanos));
    }
}
