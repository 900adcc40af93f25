package io.consort.runtime.model;

import java.util.List;

/** How rotary frequencies are stretched beyond the context that a model was first trained on. */
public sealed interface RopeScaling {

    /** Not at all. */
    record None() implements RopeScaling {}

    /** All frequencies are divided by the factor. */
    record Linear(double factor) implements RopeScaling {}

    /**
     * The base grows with the sequence once it is longer than {@code context} (NTK-aware scaling).
     */
    record Dynamic(double factor, int context) implements RopeScaling {}

    /** Low frequencies are divided by the factor, high ones kept, those between blended (Llama 3). */
    record Llama3(double factor, double lowFactor, double highFactor, int originalContext)
            implements RopeScaling {}

    /**
     * YaRN (Peng et al. 2023).
     *
     * @param truncate whether the bounds of the blended dimensions are whole numbers
     */
    record Yarn(
            double factor,
            double attentionFactor,
            double betaFast,
            double betaSlow,
            int originalContext,
            boolean truncate)
            implements RopeScaling {}

    /**
     * A divisor for each frequency, one set for sequences of up to {@code originalContext} positions
     * and one for longer ones (LongRoPE, Ding et al. 2024).
     */
    record LongRope(
            List<Double> shortFactors,
            List<Double> longFactors,
            double attentionFactor,
            int originalContext)
            implements RopeScaling {
        public LongRope {
            shortFactors = List.copyOf(shortFactors);
            longFactors = List.copyOf(longFactors);
        }
    }
}
