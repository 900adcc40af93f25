package io.consort.service.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Writes decisions behind their answers. One thread writes all of them, in order and in batches; what
 * cannot be written is kept and tried again, and {@link #isFull} turns new requests away meanwhile.
 * Thread-safe; {@link #record} never blocks.
 */
public final class Journal implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Journal.class.getName());
    private static final int BATCH = 1_000;
    private static final long GATHER = Duration.ofMillis(20).toNanos();
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final int LAST_TRIES = 5;

    private final DataSource database;
    private final int limit;
    private final BlockingQueue<Work> queue = new LinkedBlockingQueue<>();
    private final Thread writer;
    private volatile boolean closing;

    private sealed interface Work {
        record Row(DecisionRow row) implements Work {}

        record Opinion(Feedback feedback, CompletableFuture<Boolean> found) implements Work {}

        record Stop() implements Work {}
    }

    /**
     * A journal that writes into the database.
     *
     * @param limit rows that wait at most before it counts as full
     */
    public Journal(DataSource database, int limit) {
        this.database = database;
        this.limit = limit;
        this.writer = Thread.ofPlatform().name("journal").start(this::run);
    }

    /** Whether so many rows wait that no request should be taken on. */
    public boolean isFull() {
        return queue.size() >= limit;
    }

    /** Has the row written soon. */
    public void record(DecisionRow row) {
        queue.add(new Work.Row(row));
    }

    /** Joins feedback to its decision; completes, on the writer's thread, with whether there is one. */
    public CompletionStage<Boolean> record(Feedback feedback) {
        CompletableFuture<Boolean> found = new CompletableFuture<>();
        queue.add(new Work.Opinion(feedback, found));
        LockSupport.unpark(writer);
        return found;
    }

    /** Writes what waits and ends; blocks meanwhile. Nothing may be recorded afterwards. */
    @Override
    public void close() {
        closing = true;
        queue.add(new Work.Stop());
        LockSupport.unpark(writer);
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        List<Work> batch = new ArrayList<>(BATCH);
        boolean going = true;
        while (going) {
            try {
                batch.add(queue.take());
            } catch (InterruptedException _) {
                continue;
            }
            if (!closing) {
                LockSupport.parkNanos(GATHER);
            }
            queue.drainTo(batch, BATCH - 1);
            going = batch.stream().noneMatch(Work.Stop.class::isInstance);
            writeUntilDone(batch);
            batch.clear();
        }
    }

    private void writeUntilDone(List<Work> batch) {
        for (int tries = 1; !write(batch); tries++) {
            if (closing && tries >= LAST_TRIES) {
                LOG.severe(
                        "The database is unreachable; %d decisions are lost"
                                .formatted(batch.size()));
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RETRY.toMillis()));
        }
    }

    private boolean write(List<Work> batch) {
        List<DecisionRow> rows = new ArrayList<>(batch.size());
        List<Work.Opinion> opinions = new ArrayList<>();
        for (Work work : batch) {
            switch (work) {
                case Work.Row(DecisionRow row) -> rows.add(row);
                case Work.Opinion opinion -> opinions.add(opinion);
                case Work.Stop _ -> {}
            }
        }
        try (Connection connection = database.getConnection()) {
            DecisionTables.insert(connection, rows);
            batch.removeIf(Work.Row.class::isInstance);
            for (Work.Opinion opinion : opinions) {
                opinion.found().complete(DecisionTables.join(connection, opinion.feedback()));
            }
            return true;
        } catch (SQLException failure) {
            LOG.log(Level.WARNING, "Decisions wait for the database: " + failure.getMessage());
            opinions.forEach(opinion -> opinion.found().completeExceptionally(failure));
            batch.removeIf(work -> !(work instanceof Work.Row));
            return batch.isEmpty();
        }
    }
}
