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

    /** An expert's weights were on their way, and did not arrive. */
    public static TierException promotionFailed(String expert, Throwable cause) {
        return new TierException(
                Reason.PROMOTION_FAILED,
                "the expert \"%s\" could not be brought to the device: %s"
                        .formatted(expert, cause.getMessage()),
                cause);
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }
}
