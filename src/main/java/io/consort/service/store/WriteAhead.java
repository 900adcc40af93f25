package io.consort.service.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Records on disk that something else has still to take over, in a folder of segment files. What was
 * appended outlives the process, however it ends; a segment is deleted when all of its records are
 * done. It is not forced to the medium, so the newest records may be lost with the power.
 *
 * <p>Thread-safe. Appending copies into mapped memory and makes no system call, unless a segment is
 * full and none is prepared.
 */
final class WriteAhead implements AutoCloseable {

    private static final String SUFFIX = ".journal";

    private final Path folder;
    private final int segmentBytes;
    private final NavigableMap<Long, Segment> segments = new TreeMap<>();
    private final List<Path> left;
    private Segment current;
    private long number;
    private @Nullable Segment spare;
    private boolean preparing;
    private boolean closed;

    private WriteAhead(Path folder, int segmentBytes, List<Path> left) throws IOException {
        this.folder = folder;
        this.segmentBytes = segmentBytes;
        this.left = left;
        this.number = left.isEmpty() ? 0 : number(left.getLast());
        this.current = next();
    }

    /**
     * The records in a folder, which is made where it is missing.
     *
     * @param segmentBytes size of a segment, which a record must fit into
     */
    static WriteAhead open(Path folder, int segmentBytes) {
        try {
            Files.createDirectories(folder);
            try (Stream<Path> files = Files.list(folder)) {
                List<Path> left =
                        files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                                .sorted()
                                .toList();
                return new WriteAhead(folder, segmentBytes, left);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "The journal in %s cannot be opened; make room or name another data folder"
                            .formatted(folder),
                    failure);
        }
    }

    /**
     * Hands on the records that an earlier process left, oldest first, with their segments' numbers.
     * Called once, before anything is appended.
     *
     * @return how many there were
     */
    synchronized int recover(BiConsumer<byte[], Long> record) throws IOException {
        int count = 0;
        for (Path file : left) {
            List<byte[]> records = Segment.read(file);
            if (records.isEmpty()) {
                Files.delete(file);
                continue;
            }
            long own = number(file);
            segments.put(own, Segment.leftBehind(file, records.size()));
            records.forEach(content -> record.accept(content, own));
            count += records.size();
        }
        return count;
    }

    /**
     * Keeps a record.
     *
     * @return the number of its segment, for {@link #done}
     * @throws UncheckedIOException when the disk has no room for another segment
     */
    synchronized long append(byte[] record) {
        if (!current.append(record)) {
            try {
                Segment full = current;
                current = next();
                full.seal();
                dropIfDone(number - 1, full);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            if (!current.append(record)) {
                throw new IllegalArgumentException(
                        "a record of %d bytes is larger than a segment".formatted(record.length));
            }
        }
        return number;
    }

    /** Makes the next segment, unless there is one already, so that {@link #append} need not. */
    void prepare() {
        long next;
        synchronized (this) {
            if (closed || preparing || spare != null) {
                return;
            }
            preparing = true;
            next = number + 1;
        }
        Segment made = null;
        try {
            made = make(next);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            prepared(made);
        }
    }

    private synchronized void prepared(@Nullable Segment made) {
        preparing = false;
        if (closed && made != null) {
            made.delete();
        } else {
            spare = made;
        }
        notifyAll();
    }

    /** Says that so many records of a segment need not be kept any longer. */
    synchronized void done(long segment, int records) {
        Segment own = segments.get(segment);
        if (own == null) {
            throw new IllegalArgumentException("there is no segment " + segment);
        }
        own.done(records);
        dropIfDone(segment, own);
    }

    /** Closes the files; what is not done stays there. Nothing may be appended afterwards. */
    @Override
    public synchronized void close() {
        closed = true;
        if (spare != null) {
            spare.delete();
            spare = null;
        }
        current.seal();
        List.copyOf(segments.entrySet())
                .forEach(entry -> dropIfDone(entry.getKey(), entry.getValue()));
    }

    private void dropIfDone(long own, Segment segment) {
        if (segment.isDone()) {
            segments.remove(own);
            segment.delete();
        }
    }

    /** With the lock held, but for the time in which the segment is made elsewhere. */
    private Segment next() throws IOException {
        boolean interrupted = false;
        while (preparing) {
            try {
                wait();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        Segment next = spare == null ? make(number + 1) : spare;
        spare = null;
        segments.put(++number, next);
        return next;
    }

    private Segment make(long own) throws IOException {
        return Segment.create(folder.resolve("%016d%s".formatted(own, SUFFIX)), segmentBytes);
    }

    private static long number(Path file) {
        String name = file.getFileName().toString();
        return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
    }

    /** Segment files there are, the current one included. */
    synchronized List<Path> files() {
        return new ArrayList<>(segments.values().stream().map(Segment::file).toList());
    }
}
