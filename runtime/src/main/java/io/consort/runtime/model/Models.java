package io.consort.runtime.model;

import io.consort.runtime.backend.Backend;
import io.consort.runtime.weights.CheckpointException;

/** Brings checkpoints onto devices. */
public final class Models {

    private Models() {}

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
