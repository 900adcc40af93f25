package io.consort.service.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
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
 * Writes decisions behind their answers. A row is on disk, in a {@link WriteAhead}, when {@link
 * #record} returns; one thread takes all rows over into the database, in order and in batches. What
 * cannot be written is kept and tried again, by the next process if need be, and {@link #isFull} turns
 * new requests away meanwhile. No row is written twice. Thread-safe.
 */
public final class Journal implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Journal.class.getName());
    private static final int BATCH = 1_000;
    private static final long GATHER = Duration.ofMillis(20).toNanos();
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final int LAST_TRIES = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int SEGMENT_BYTES = 4 << 20;

    private final DataSource database;
    private final WriteAhead ahead;
    private final int limit;
    private final BlockingQueue<Work> queue = new LinkedBlockingQueue<>();
    private final Thread writer;
    private volatile boolean closing;
    private volatile boolean diskFull;

    private sealed interface Work {
        /** A row and the segment that keeps it, if any does. */
        record Row(DecisionRow row, OptionalLong segment) implements Work {}

        record Opinion(Feedback feedback, CompletableFuture<Boolean> found) implements Work {}

        /** Completed when what came before it is written. */
        record Mark(CompletableFuture<Boolean> reached) implements Work {}

        record Stop() implements Work {}
    }

    /**
     * A journal that writes into the database, first of all what an earlier process left in the folder.
     *
     * @param folder only this journal's, made where it is missing
     * @param limit rows that wait at most before it counts as full
     */
    public Journal(DataSource database, Path folder, int limit) {
        this.database = database;
        this.ahead = WriteAhead.open(folder, SEGMENT_BYTES);
        this.limit = limit;
        boolean leftOver = recover();
        this.writer = Thread.ofPlatform().name("journal").start(() -> run(leftOver));
    }

    /** Whether so many rows wait, or so little room is left on disk, that no request should be taken on. */
    public boolean isFull() {
        return diskFull || queue.size() >= limit;
    }

    /** Keeps the row on disk and has it written to the database soon. */
    public void record(DecisionRow row) {
        OptionalLong segment = OptionalLong.empty();
        try {
            segment = OptionalLong.of(ahead.append(RowCodec.encode(row)));
        } catch (UncheckedIOException failure) {
            diskFull = true;
            LOG.log(Level.SEVERE, "The journal cannot grow; make room on its disk", failure);
        }
        queue.add(new Work.Row(row, segment));
    }

    /** Joins feedback to its decision; completes, on the writer's thread, with whether there is one. */
    public CompletionStage<Boolean> record(Feedback feedback) {
        CompletableFuture<Boolean> found = new CompletableFuture<>();
        queue.add(new Work.Opinion(feedback, found));
        LockSupport.unpark(writer);
        return found;
    }

    /**
     * Waits until all that was recorded so far is written, or cannot be; at most half a minute. Says
     * whether it is written.
     */
    public boolean awaitWritten() {
        CompletableFuture<Boolean> reached = new CompletableFuture<>();
        queue.add(new Work.Mark(reached));
        LockSupport.unpark(writer);
        return reached.completeOnTimeout(false, PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
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
        ahead.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean recover() {
        try {
            int count =
                    ahead.recover((record, segment) ->
                            queue.add(new Work.Row(decoded(record), OptionalLong.of(segment))));
            if (count > 0) {
                LOG.info("%d decisions of the last run are being written".formatted(count));
            }
            return count > 0;
        } catch (IOException failure) {
            throw new UncheckedIOException("The journal cannot be read", failure);
        }
    }

    private static DecisionRow decoded(byte[] record) {
        try {
            return RowCodec.decode(record);
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "The journal holds what this version cannot read; let the version that wrote it"
                            + " finish",
                    failure);
        }
    }

    private void run(boolean leftOver) {
        List<Work> batch = new ArrayList<>(BATCH);
        boolean again = leftOver;
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
            prepare();
            going = batch.stream().noneMatch(Work.Stop.class::isInstance);
            writeUntilDone(batch, again);
            again = again && !queue.isEmpty();
            batch.clear();
        }
    }

    /** Spares the event loops the making of segments; what fails here fails there again, and is told. */
    private void prepare() {
        try {
            ahead.prepare();
        } catch (UncheckedIOException failure) {
            LOG.log(Level.FINE, "No segment can be made ahead", failure);
        }
    }

    /**
     * Writes a batch.
     *
     * @param again whether the database may have some of it already
     */
    private void writeUntilDone(List<Work> batch, boolean again) {
        for (int tries = 1; !write(batch, again || tries > 1); tries++) {
            if (closing && tries >= LAST_TRIES) {
                LOG.severe(
                        "The database is unreachable; %d decisions stay in the journal for the next start"
                                .formatted(batch.size()));
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RETRY.toMillis()));
        }
    }

    private boolean write(List<Work> batch, boolean again) {
        List<Work.Row> rows = new ArrayList<>(batch.size());
        List<Work.Opinion> opinions = new ArrayList<>();
        List<Work.Mark> marks = new ArrayList<>();
        for (Work work : batch) {
            switch (work) {
                case Work.Row row -> rows.add(row);
                case Work.Opinion opinion -> opinions.add(opinion);
                case Work.Mark mark -> marks.add(mark);
                case Work.Stop _ -> {}
            }
        }
        try (Connection connection = database.getConnection()) {
            DecisionTables.insert(connection, rows.stream().map(Work.Row::row).toList(), again);
            batch.removeIf(Work.Row.class::isInstance);
            release(rows);
            marks.forEach(mark -> mark.reached().complete(true));
            for (Work.Opinion opinion : opinions) {
                opinion.found().complete(DecisionTables.join(connection, opinion.feedback()));
            }
            return true;
        } catch (SQLException failure) {
            LOG.log(Level.WARNING, "Decisions wait for the database: " + failure.getMessage());
            opinions.forEach(opinion -> opinion.found().completeExceptionally(failure));
            marks.forEach(mark -> mark.reached().complete(false));
            batch.removeIf(work -> !(work instanceof Work.Row));
            return batch.isEmpty();
        }
    }

    /** Lets go of rows that the database has. */
    private void release(List<Work.Row> rows) {
        Map<Long, Integer> perSegment = new TreeMap<>();
        for (Work.Row row : rows) {
            row.segment().ifPresent(segment -> perSegment.merge(segment, 1, Integer::sum));
        }
        perSegment.forEach(ahead::done);
        diskFull = false;
    }
}
