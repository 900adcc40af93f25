package io.consort.runtime.tiers;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What is to be done without the tiers' lock, one after another in the order in which it was decided:
 * memory is dropped before others take its place. Whoever comes first does the work of all.
 */
final class Outbox {

    private final ReentrantLock lock;
    private final Deque<Runnable> actions = new ArrayDeque<>();
    private boolean emptying;

    /** @param lock which guards decisions, and these actions' order */
    Outbox(ReentrantLock lock) {
        this.lock = lock;
    }

    /** Adds an action; the lock is held. */
    void add(Runnable action) {
        actions.addLast(action);
    }

    /** Does everything, unless somebody is at it; the lock is not held. */
    void empty() {
        if (!begin()) {
            return;
        }
        for (var action = next(); action.isPresent(); action = next()) {
            action.get().run();
        }
    }

    private boolean begin() {
        lock.lock();
        try {
            boolean mine = !emptying;
            emptying = true;
            return mine;
        } finally {
            lock.unlock();
        }
    }

    private Optional<Runnable> next() {
        lock.lock();
        try {
            if (actions.isEmpty()) {
                emptying = false;
                return Optional.empty();
            }
            return Optional.of(actions.removeFirst());
        } finally {
            lock.unlock();
        }
    }
}
