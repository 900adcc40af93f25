package io.consort.service.tenant;

import io.consort.service.store.Changes;
import io.consort.service.store.Changes.Thing;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Looks into the database again and again for what other nodes have changed, and rings for it. While
 * the database cannot be reached it keeps looking. Has one thread.
 */
public final class ChangeWatch implements AutoCloseable {

    /** How long a change may go unnoticed, and a little more. */
    public static final Duration PAUSE = Duration.ofMillis(500);

    /** A network that swallows everything lets a look take long. */
    private static final Duration LATELY = Duration.ofSeconds(5);

    private static final Logger LOG = Logger.getLogger(ChangeWatch.class.getName());

    private final DataSource database;
    private final Bell bell;
    private final Duration pause;
    private final Duration lately;
    private final Map<Thing, Long> seen;
    private final Thread thread;
    private volatile boolean reachable = true;
    private volatile long seenAt = System.nanoTime();
    private volatile boolean closing;

    /**
     * A watch that rings for changes from now on; whoever starts it reads afterwards what there is.
     *
     * @param pause between two looks
     */
    public static ChangeWatch start(DataSource database, Bell bell, Duration pause)
            throws SQLException {
        return start(database, bell, pause, LATELY);
    }

    /**
     * The same.
     *
     * @param lately how long ago the database was seen at most, when it counts as reachable
     */
    static ChangeWatch start(DataSource database, Bell bell, Duration pause, Duration lately)
            throws SQLException {
        ChangeWatch watch =
                new ChangeWatch(
                        database, bell, pause, lately, new HashMap<>(Changes.all(database)));
        watch.thread.start();
        return watch;
    }

    private ChangeWatch(
            DataSource database,
            Bell bell,
            Duration pause,
            Duration lately,
            Map<Thing, Long> seen) {
        this.database = database;
        this.bell = bell;
        this.pause = pause;
        this.lately = lately;
        this.seen = seen;
        this.thread = Thread.ofPlatform().name("changes").daemon().unstarted(this::run);
    }

    /**
     * Whether the last look saw the database, and did so lately; otherwise this node serves from what it
     * knew before.
     */
    public boolean isReachable() {
        return reachable && System.nanoTime() - seenAt < lately.plus(pause).toNanos();
    }

    /** Ends the looking; blocks until the last look is over. */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closing) {
            LockSupport.parkNanos(pause.toNanos());
            try {
                look();
                seenAt = System.nanoTime();
                reachable = true;
            } catch (SQLException failure) {
                if (reachable) {
                    LOG.log(
                            Level.WARNING,
                            "Changes of other nodes cannot be seen: {0}",
                            failure.getMessage());
                }
                reachable = false;
            }
        }
    }

    private void look() throws SQLException {
        Changes.all(database)
                .forEach((thing, revision) -> {
                    Long before = seen.put(thing, revision);
                    if (!revision.equals(before)) {
                        bell.ring(thing.topic(), thing.tenant());
                    }
                });
    }
}
