package io.consort.runtime.tiers;

/**
 * Moves weights between tiers. The tiers call it without any lock held, one load to the device and
 * one load to pinned memory at a time, and never beyond the capacities that they were given. It
 * answers on any thread, also before {@link #load} has returned.
 */
public interface Mover {

    /**
     * What is to be moved.
     *
     * @param to the device, or pinned memory
     * @param pinned whether a pinned copy is there to copy from; it stays
     */
    record Load(String expert, Tier to, boolean pinned) {}

    /** Hears how a load goes: {@code usable} at most once, then {@code loaded}, {@code failed} or {@code lost} once. */
    interface Progress {

        /** The expert may be used, though weights are still arriving: the mover orders its use after them. */
        void usable();

        /** All of it has arrived. */
        void loaded();

        /** It has not: what has arrived is dropped next, as soon as no lease is out. */
        void failed(RuntimeException cause);

        /** The device does not work any more; nothing else will be heard. */
        void lost(RuntimeException cause);
    }

    /** Begins to move weights; returns soon. */
    void load(Load load, Progress progress);

    /** Forgets weights on a tier, where nobody uses them. Memory is free when this returns. */
    void drop(String expert, Tier tier);
}
