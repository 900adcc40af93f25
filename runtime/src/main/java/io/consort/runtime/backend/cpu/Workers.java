package io.consort.runtime.backend.cpu;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A few threads that share the items of one job with the thread that gives it. Helpers spin briefly
 * for the next job, then park; items that a slow helper has not taken are done by the others. A
 * second thread that gives a job meanwhile does it alone.
 */
final class Workers implements AutoCloseable {

    /** A piece of a job. */
    interface Task {
        /**
         * Does the items from {@code from} to before {@code to}.
         *
         * @param worker numbers the thread, from 0, to find its scratch memory
         */
        void run(int worker, int from, int to);
    }

    private static final int SPINS = 2_000;

    private final ReentrantLock giving = new ReentrantLock();
    private final Thread[] helpers;
    private volatile @Nullable Job job;
    private volatile boolean closed;

    Workers(int threads) {
        helpers = new Thread[Math.max(0, threads - 1)];
        for (int i = 0; i < helpers.length; i++) {
            int worker = i + 1;
            helpers[i] =
                    Thread.ofPlatform()
                            .daemon()
                            .name("consort-cpu-" + worker)
                            .start(() -> help(worker));
        }
    }

    /** How many threads there are, the giving one included. */
    int count() {
        return helpers.length + 1;
    }

    /**
     * Does all items; returns when the last is done.
     *
     * <p>A thread takes a share of what is left, half of what would be its part: long pieces first, and
     * short ones at the end, so that all threads are done at about the same time (guided
     * self-scheduling, Polychronopoulos and Kuck 1987).
     *
     * @param grain items that one thread takes at least
     */
    void run(int items, int grain, Task task) {
        if (helpers.length == 0 || items <= grain || !begin()) {
            task.run(0, 0, items);
            return;
        }
        try {
            Job given = new Job(task, items, grain, 2 * count());
            job = given;
            for (Thread helper : helpers) {
                LockSupport.unpark(helper);
            }
            given.work(0);
            given.await();
            job = null;
            given.rethrow();
        } finally {
            giving.unlock();
        }
    }

    private boolean begin() {
        return !giving.isHeldByCurrentThread() && giving.tryLock();
    }

    private void help(int worker) {
        Job last = null;
        int spins = 0;
        while (!closed) {
            Job current = job;
            if (current != null && current != last) {
                current.work(worker);
                last = current;
                spins = 0;
            } else if (++spins < SPINS) {
                Thread.onSpinWait();
            } else {
                last = null;
                LockSupport.park(this);
                spins = 0;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Thread helper : helpers) {
            LockSupport.unpark(helper);
        }
    }

    private static final class Job {

        private final Task task;
        private final int items;
        private final int grain;
        private final int shares;
        private final Thread giver = Thread.currentThread();
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();
        private volatile @Nullable Throwable failure;

        /**
         * @param shares that what is left is divided into, of which a thread takes one
         */
        Job(Task task, int items, int grain, int shares) {
            this.task = task;
            this.items = items;
            this.grain = grain;
            this.shares = shares;
        }

        void work(int worker) {
            for (int from = next.getAndUpdate(this::after);
                    from < items;
                    from = next.getAndUpdate(this::after)) {
                int to = after(from);
                try {
                    task.run(worker, from, to);
                } catch (Throwable e) {
                    failure = e;
                } finally {
                    if (done.addAndGet(to - from) == items && worker != 0) {
                        LockSupport.unpark(giver);
                    }
                }
            }
        }

        /** The end of the piece that begins there. */
        private int after(int from) {
            return Math.min(items, from + Math.max(grain, (items - from) / shares));
        }

        void await() {
            int spins = 0;
            while (done.get() < items) {
                if (++spins < SPINS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                }
            }
        }

        void rethrow() {
            Throwable thrown = failure;
            if (thrown != null) {
                throw new IllegalStateException("an operation failed", thrown);
            }
        }
    }
}
