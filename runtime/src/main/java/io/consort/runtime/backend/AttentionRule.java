package io.consort.runtime.backend;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How a layer scores keys.
 *
 * @param scale what products of queries and keys are multiplied by
 * @param cap {@code c} of the soft cap {@code c * tanh(score / c)}
 * @param window positions that a query sees, itself included; all earlier ones when absent
 */
public record AttentionRule(float scale, OptionalDouble cap, OptionalInt window) {

    /** The first position that a query at {@code position} sees. */
    public int firstVisible(int position) {
        return window.isPresent() ? Math.max(0, position - window.getAsInt() + 1) : 0;
    }
}
