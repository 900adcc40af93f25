package io.consort.runtime.engine;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What other threads want done by a thread that parks when it has nothing to do. After that thread
 * has ended, errands are run by those who bring them, one at a time.
 */
final class Errands {

    private final Queue<Runnable> errands = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Thread resting;
    private volatile boolean ended;

    /** Has an errand run, in the order of coming. */
    void add(Runnable errand) {
        errands.add(errand);
        if (ended) {
            runAll();
        } else {
            nudge();
        }
    }

    /** Has an errand run and waits for it. */
    void addAndWait(Runnable errand, Thread owner) {
        if (Thread.currentThread() == owner) {
            errand.run();
            return;
        }
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        add(() -> {
            try {
                errand.run();
                done.complete(true);
            } catch (RuntimeException | Error failure) {
                done.completeExceptionally(failure);
            }
        });
        done.join();
    }

    /** Wakes the owner if it rests; cheap if it does not. */
    void nudge() {
        Thread owner = resting;
        if (owner != null) {
            LockSupport.unpark(owner);
        }
    }

    /** Runs what has come. Called by the owner. */
    synchronized void runAll() {
        for (Runnable errand = errands.poll(); errand != null; errand = errands.poll()) {
            errand.run();
        }
    }

    /** From now on a nudge ends the owner's next rest. Called by the owner before it looks again. */
    void prepareToRest() {
        resting = Thread.currentThread();
    }

    /** Parks the owner until a nudge, or for so many nanoseconds. */
    void rest(long nanos) {
        if (errands.isEmpty()) {
            LockSupport.parkNanos(this, nanos);
        }
    }

    void goOn() {
        resting = null;
    }

    /** The owner's last call. */
    void end() {
        ended = true;
        runAll();
    }
}
