package io.consort.runtime.backend.cuda;

import java.util.Optional;

/** What matrices become on their way to the device, where their rows are long enough. */
public enum Quantisation {
    /** They stay as they are stored. */
    NONE,
    /** Eight-bit integers with a scale for every 32 values. */
    EIGHT_BIT,
    /** Four-bit integers with a scale for every 32 values. */
    FOUR_BIT;

    /** The format of a matrix with rows of that length; empty when it stays as it is. */
    Optional<Format> format(int in) {
        Optional<Format> format =
                switch (this) {
                    case NONE -> Optional.empty();
                    case EIGHT_BIT -> Optional.of(Format.Q8);
                    case FOUR_BIT -> Optional.of(Format.Q4);
                };
        return format.filter(f -> in % f.piece() == 0);
    }
}
