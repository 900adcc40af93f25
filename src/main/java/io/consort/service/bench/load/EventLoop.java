package io.consort.service.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/**
 * Connections and timers that are served on the thread that calls {@link #runUntil}. Not
 * thread-safe: everything that belongs to a loop is touched by that one thread only.
 */
public final class EventLoop implements AutoCloseable {

    private static final int BUFFER_BYTES = 256 * 1024;
    private static final long LONGEST_WAIT_NANOS = 50_000_000;
    private static final long MILLI = 1_000_000;

    private final Selector selector;
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private final ByteBuffer inbox = ByteBuffer.allocateDirect(BUFFER_BYTES);

    private record Timer(long due, Runnable action) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            return Long.compare(due - other.due, 0);
        }
    }

    /** What is told that its channel can be used. */
    interface Ready {
        void ready(SelectionKey key);
    }

    /** A loop that serves nothing yet. */
    public EventLoop() {
        try {
            selector = Selector.open();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    SelectionKey register(SelectableChannel channel, int operations, Ready ready)
            throws IOException {
        channel.configureBlocking(false);
        return channel.register(selector, operations, ready);
    }

    /** Where every connection reads into; valid only inside one call of {@link Ready#ready}. */
    ByteBuffer inbox() {
        return inbox;
    }

    /** Runs the action at this {@link System#nanoTime}, or as soon after it as the loop can. */
    void at(long due, Runnable action) {
        timers.add(new Timer(due, action));
    }

    /** Serves connections and timers until the condition holds; it is asked after every turn. */
    public void runUntil(BooleanSupplier done) {
        try {
            while (!done.getAsBoolean()) {
                long wait = fireTimers();
                if (wait <= 0) {
                    selector.selectNow(EventLoop::serve);
                } else {
                    selector.select(EventLoop::serve, Math.ceilDiv(wait, MILLI));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void serve(SelectionKey key) {
        if (key.isValid()) {
            ((Ready) key.attachment()).ready(key);
        }
    }

    private long fireTimers() {
        while (true) {
            Timer next = timers.peek();
            if (next == null) {
                return LONGEST_WAIT_NANOS;
            }
            long wait = next.due - System.nanoTime();
            if (wait > 0) {
                return Math.min(wait, LONGEST_WAIT_NANOS);
            }
            timers.remove();
            next.action.run();
        }
    }

    @Override
    public void close() {
        try {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
