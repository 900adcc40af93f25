package io.consort.runtime.backend;

import java.util.Optional;

/**
 * How the token that follows a row is chosen.
 *
 * @param draw where it is drawn; without it the most probable one is chosen
 * @param position of the token in its answer, from 0
 * @param likelihood whether the logarithm of its probability is wanted
 */
public record Choice(Optional<Draw> draw, int position, boolean likelihood) {

    /** The most probable token; nobody wants to know how probable. */
    public static final Choice GREEDY = new Choice(Optional.empty(), 0, false);

    /** Whether it is no more than the most probable token. */
    public boolean isPlain() {
        return draw.isEmpty() && !likelihood;
    }
}
