package io.consort.service.cascade;

import io.consort.router.rule.ConfidenceRule;
import java.util.OptionalDouble;

/** The geometric mean of tokens' probabilities. Not thread-safe. */
final class Likelihood {

    private double sum;
    private long tokens;

    /** Takes the natural logarithm of a token's probability. */
    void add(double logprob) {
        sum += logprob;
        tokens++;
    }

    /** The mean in [0, 1]; empty where no token was told. */
    OptionalDouble mean() {
        return tokens == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(ConfidenceRule.confidence(sum / tokens));
    }
}
