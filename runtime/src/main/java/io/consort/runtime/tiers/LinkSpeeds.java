package io.consort.runtime.tiers;

/**
 * How fast weights move.
 *
 * @param pinnedToDevice bytes per second
 * @param fileToPinned bytes per second
 */
public record LinkSpeeds(double pinnedToDevice, double fileToPinned) {

    public LinkSpeeds {
        if (!(pinnedToDevice > 0) || !(fileToPinned > 0)) {
            throw new IllegalArgumentException(
                    "speeds of links are positive, not %s and %s"
                            .formatted(pinnedToDevice, fileToPinned));
        }
    }

    /** Seconds until so many bytes are on the device; reading and copying overlap. */
    public double secondsToDevice(long bytes, boolean pinned) {
        return bytes / (pinned ? pinnedToDevice : Math.min(pinnedToDevice, fileToPinned));
    }

    /** Seconds until so many bytes are in pinned memory. */
    public double secondsToPinned(long bytes) {
        return bytes / fileToPinned;
    }
}
