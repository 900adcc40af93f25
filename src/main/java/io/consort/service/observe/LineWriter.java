package io.consort.service.observe;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes lines behind the back of who has them: they wait in a bounded room and are written many at a
 * time by a thread of its own. Lines that come while the room is full are left out and counted; so
 * are those that cannot be written. Thread-safe.
 */
public final class LineWriter implements AutoCloseable {

    private static final int ROOM = 1 << 20;
    private static final long GATHERING_NANOS = 50_000_000;

    private final OutputStream out;
    private final Thread thread;
    private final AtomicLong lost = new AtomicLong();
    private byte[] waiting = new byte[ROOM];
    private byte[] spare = new byte[ROOM];
    private int used;
    private int lines;
    private boolean closed;

    /** Writes to this stream, which stays the caller's. */
    public LineWriter(OutputStream out) {
        this.out = out;
        this.thread = Thread.ofPlatform().name("request-log").daemon().start(this::write);
    }

    /** Takes a line with its end; does not wait for it to be written. */
    public void add(byte[] line) {
        synchronized (this) {
            if (!closed && line.length <= waiting.length - used) {
                System.arraycopy(line, 0, waiting, used, line.length);
                if (used == 0) {
                    notifyAll();
                }
                used += line.length;
                lines++;
                return;
            }
        }
        lost.incrementAndGet();
    }

    /** Lines that were left out so far. */
    public long lost() {
        return lost.get();
    }

    /** Writes what waits, and takes no more. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        while (awaitLines()) {
            LockSupport.parkNanos(GATHERING_NANOS);
            byte[] full;
            int length;
            int count;
            synchronized (this) {
                full = waiting;
                length = used;
                count = lines;
                waiting = spare;
                used = 0;
                lines = 0;
            }
            try {
                out.write(full, 0, length);
                out.flush();
            } catch (IOException _) {
                lost.addAndGet(count);
            }
            spare = full;
        }
    }

    /** False when there are none and none will come. */
    private synchronized boolean awaitLines() {
        while (used == 0) {
            if (closed) {
                return false;
            }
            try {
                wait();
            } catch (InterruptedException _) {
                closed = true;
            }
        }
        return true;
    }
}
