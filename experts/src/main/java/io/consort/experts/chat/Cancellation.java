package io.consort.experts.chat;

import java.util.ArrayList;
import java.util.List;

/**
 * Tells the work on one request that nobody waits for it any more. Thread-safe; cancelling is
 * final, and cancelling twice changes nothing.
 */
public final class Cancellation {

    private final List<Runnable> actions = new ArrayList<>(2);
    private boolean cancelled;

    /** Whether the work is no longer wanted. */
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    /**
     * Runs the action when the work is cancelled, or at once if it already is. The action must be
     * quick, must not block and must not throw.
     */
    public void onCancel(Runnable action) {
        synchronized (this) {
            if (!cancelled) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }

    /** Cancels the work: every action runs once, on the calling thread. */
    public void cancel() {
        List<Runnable> due;
        synchronized (this) {
            if (cancelled) {
                return;
            }
            cancelled = true;
            due = List.copyOf(actions);
            actions.clear();
        }
        due.forEach(Runnable::run);
    }
}
