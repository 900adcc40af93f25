package io.consort.runtime.local;

import io.consort.runtime.backend.Backend;
import io.consort.runtime.tiers.Mover;
import io.consort.runtime.tiers.TierSettings;

/** A device on which weights of models come and go. Thread-safe. */
interface TieredDevice extends AutoCloseable {

    /** Its name in reports. */
    String name();

    /** How much memory there is for weights. */
    TierSettings settings();

    /** Moves the weights of models that are laid out. */
    Mover mover();

    /**
     * Begins to lay a model out.
     *
     * @param model a name that no other model has
     * @param weightBytes of its files
     */
    Layout layOut(String model, long weightBytes);

    @Override
    void close();

    /** A model's layout. */
    interface Layout extends AutoCloseable {

        /** What the model is loaded with; belongs to the layout. Its first store is a part of it. */
        Backend backend();

        /** Bytes of the weights that are laid out. */
        long weightBytes();

        /** Bytes that it takes on the device with its store. */
        long deviceBytes();

        /** Bytes that it takes in pinned memory. */
        long pinnedBytes();

        /** The model is closed, and is on no tier any more. */
        @Override
        void close();
    }
}
