package io.consort.experts.chat;

/**
 * Where the weights of an expert are whose weights come and go, as of one moment.
 *
 * @param place the fastest that holds all of them
 * @param moving whether they are on their way to a faster one
 * @param secondsToDevice how long it takes until they are on the device, 0 when they are there
 */
public record Whereabouts(Place place, boolean moving, double secondsToDevice) {

    /** Where weights can be, the fastest first. */
    public enum Place {
        /** The accelerator's memory: the expert answers at once. */
        DEVICE,
        /** Host memory that the accelerator copies from. */
        HOST,
        /** A file. */
        FILE
    }

    public Whereabouts {
        if (!(secondsToDevice >= 0)) {
            throw new IllegalArgumentException(
                    "`secondsToDevice` must not be negative, but is " + secondsToDevice);
        }
    }
}
