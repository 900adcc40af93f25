package io.consort.runtime.tiers;

/** An expert's weights cannot be had on the device; another expert may answer instead. The message names the expert and the remedy. */
public final class TierException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** Nobody registered the expert. */
        UNKNOWN,
        /** The expert is larger than the device's share for weights. */
        TOO_LARGE,
        /** Its weights could not be moved. */
        PROMOTION_FAILED,
        /** The device does not work any more. */
        DEVICE_LOST,
        /** The tiers have been closed. */
        CLOSED
    }

    private final Reason reason;

    TierException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    TierException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }
}
