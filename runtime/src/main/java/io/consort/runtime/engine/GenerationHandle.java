package io.consort.runtime.engine;

/** A generation on its way, seen by who asked for it. Thread-safe; no call blocks. */
public interface GenerationHandle {

    /**
     * Ends the work. What it holds is free before the engine's next pass begins, and its sink is
     * not called any more, except for a call that is under way.
     */
    void cancel();

    /** Says that {@link TokenSink#ready} may have become true. */
    void wake();
}
