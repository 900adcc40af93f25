package io.consort.runtime.engine;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A way to choose the next token. Samplers wrap each other: the outer ones narrow the candidates
 * down, the innermost one chooses. They have no state, so that the choice depends on candidates, seed
 * and position alone.
 */
public interface Sampler {

    /**
     * Chooses one of the candidates, which may be narrowed down by it.
     *
     * @param position of the token in the answer, from 0
     */
    int choose(Candidates candidates, int position);

    /**
     * What a chat request means: temperature, then the {@code topK} most probable tokens, then the
     * fewest of these that have {@code topP} of the probability, then a draw. Temperature 0 is
     * greedy.
     */
    static Sampler of(double temperature, OptionalInt topK, OptionalDouble topP, long seed) {
        if (temperature == 0) {
            return new Greedy();
        }
        Sampler sampler = new Draw(seed);
        if (topP.isPresent() && topP.getAsDouble() < 1) {
            sampler = new TopP(topP.getAsDouble(), sampler);
        }
        if (topK.isPresent() && topK.getAsInt() > 0) {
            sampler = new TopK(topK.getAsInt(), sampler);
        }
        return new Temperature(temperature, sampler);
    }

    /** The most probable token; the smallest id of those that are equal. */
    record Greedy() implements Sampler {
        @Override
        public int choose(Candidates candidates, int position) {
            return candidates.mostProbable();
        }
    }

    /** Divides the logits: below 1 the probable tokens become more probable. */
    record Temperature(double temperature, Sampler next) implements Sampler {
        public Temperature {
            if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "`temperature` must be a number above 0, not " + temperature);
            }
        }

        @Override
        public int choose(Candidates candidates, int position) {
            candidates.weigh(temperature);
            return next.choose(candidates, position);
        }
    }

    /** Keeps the most probable tokens. */
    record TopK(int tokens, Sampler next) implements Sampler {
        public TopK {
            if (tokens < 1) {
                throw new IllegalArgumentException("`tokens` must be at least 1, not " + tokens);
            }
        }

        @Override
        public int choose(Candidates candidates, int position) {
            candidates.keepMostProbable(tokens);
            return next.choose(candidates, position);
        }
    }

    /**
     * Keeps the fewest tokens that have so much of the probability (Holtzman et al., "The Curious
     * Case of Neural Text Degeneration", 2020).
     */
    record TopP(double share, Sampler next) implements Sampler {
        public TopP {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("`share` must be between 0 and 1, not " + share);
            }
        }

        @Override
        public int choose(Candidates candidates, int position) {
            candidates.keepShare(share);
            return next.choose(candidates, position);
        }
    }

    /** Draws by probability. The draw is a hash of seed and position (SplitMix64, Steele 2014). */
    record Draw(long seed) implements Sampler {

        private static final long GOLDEN = 0x9E3779B97F4A7C15L;

        @Override
        public int choose(Candidates candidates, int position) {
            long bits = mix(mix(seed + GOLDEN) + (position + 1) * GOLDEN);
            return candidates.at((bits >>> 11) * 0x1p-53);
        }

        private static long mix(long value) {
            long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
            z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
            return z ^ (z >>> 31);
        }
    }
}
