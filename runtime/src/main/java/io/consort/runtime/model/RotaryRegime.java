package io.consort.runtime.model;

import java.util.List;

/**
 * How the rotation of a model's keys follows the length of their sequence.
 *
 * @param ropes those that do
 * @param startsOver whether a sequence that outgrows its frequencies runs again from its first token
 */
record RotaryRegime(List<RopeSettings> ropes, boolean startsOver) {

    /** Of models whose rotation depends on nothing but the position. */
    static final RotaryRegime FIXED = new RotaryRegime(List.of(), false);

    RotaryRegime {
        ropes = List.copyOf(ropes);
    }

    static RotaryRegime of(ModelConfig config) {
        return new RotaryRegime(
                config.attention().stream()
                        .map(LayerAttention::rope)
                        .filter(RopeSettings::dependsOnLength)
                        .distinct()
                        .toList(),
                config.cacheValidUpTo().isPresent());
    }

    /** A number that is equal for lengths with equal frequencies, and for no others. */
    long at(int length) {
        long sum = 0;
        for (RopeSettings rope : ropes) {
            sum += rope.regime(length);
        }
        return sum;
    }
}
