package io.consort.runtime.engine;

import org.jspecify.annotations.Nullable;

/** An engine did not take a generation on, or could not finish it. */
public final class EngineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What kept the engine from it. */
    public enum Reason {
        /** Too many sequences wait already. */
        BUSY,
        /** The engine or the model is closed. */
        CLOSED,
        /** The generation's deadline has passed. */
        LATE,
        /** The model's pass failed; the cause says how. */
        MODEL_FAILED,
        /** The model's weights cannot be had on its device; the message says why. */
        NO_WEIGHTS,
        /** The model's logits are no numbers. */
        NOT_A_NUMBER
    }

    private final Reason reason;

    /** A refusal, without a stack trace. */
    public EngineException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    EngineException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** What kept the engine from it. */
    public Reason reason() {
        return reason;
    }
}
