package io.consort.runtime.model;

import io.consort.runtime.backend.Backend;
import io.consort.runtime.weights.CheckpointException;
import io.consort.runtime.weights.Footprint;

/** Brings checkpoints onto devices. */
public final class Models {

    private Models() {}

    /** What a checkpoint's weights will take of this machine's memory when they are on a backend. */
    public static Footprint footprint(Checkpoint checkpoint, Backend backend) {
        boolean tied = checkpoint.config().tiedHead();
        return checkpoint
                .weights()
                .footprint((name, stored) ->
                        Parameters.isMultiplied(name, stored, tied)
                                ? backend.copiedBytes(stored)
                                : 0);
    }

    /**
     * A model of a checkpoint's architecture on a backend. The checkpoint and the backend must
     * outlive it.
     *
     * @throws CheckpointException if a weight is missing, has the wrong shape or type, or the model
     *     does not fit into memory
     */
    public static DecoderModel load(Checkpoint checkpoint, Backend backend) {
        return Decoder.load(checkpoint, backend);
    }
}
