package io.consort.runtime.engine;

import io.consort.runtime.backend.Draw;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A way to choose the next token. It has no state: the choice depends on logits, seed and position
 * alone.
 */
public sealed interface Sampler {

    /**
     * What a chat request means: temperature, then the {@code topK} most probable tokens, then the
     * fewest of these that have {@code topP} of the probability, then a draw. Temperature 0 is
     * greedy.
     */
    static Sampler of(double temperature, OptionalInt topK, OptionalDouble topP, long seed) {
        if (temperature == 0) {
            return new Greedy();
        }
        boolean cuts = topK.isPresent() && topK.getAsInt() > 0;
        return new Drawn(
                new Draw(
                        temperature,
                        cuts ? topK.getAsInt() : Draw.ALL,
                        Math.min(1, topP.orElse(1)),
                        seed));
    }

    /** What is drawn; empty where nothing is left to chance. */
    Optional<Draw> draw();

    /** The most probable token; the smallest id of those that are equal. */
    record Greedy() implements Sampler {
        @Override
        public Optional<Draw> draw() {
            return Optional.empty();
        }
    }

    /** A token by its probability. */
    record Drawn(Draw settings) implements Sampler {
        @Override
        public Optional<Draw> draw() {
            return Optional.of(settings);
        }
    }
}
