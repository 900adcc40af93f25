package io.consort.runtime.engine;

import io.consort.runtime.engine.EngineException.Reason;

/** Where a model's weights are kept for those who compute with them. Thread-safe. */
public interface Residence {

    /** Weights that are always there. */
    Residence PERMANENT = changed -> Stay.PERMANENT;

    /**
     * Asks for the weights on behalf of one sequence.
     *
     * @param changed runs, on any thread and perhaps before this returns, once the answer is there
     */
    Stay ask(Runnable changed);

    /** Whether all weights are there, so that a pass need not wait for any. */
    default boolean isWhole() {
        return true;
    }

    /** Hears that a pass of the model failed, and says what that means to those who wait for it. */
    default Reason failed(Throwable cause) {
        return Reason.MODEL_FAILED;
    }
}
