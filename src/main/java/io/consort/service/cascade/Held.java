package io.consort.service.cascade;

import io.consort.experts.chat.Answer;
import io.consort.experts.chat.Usage;
import io.consort.router.rule.ConfidenceRule;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A whole answer that was held back.
 *
 * @param answer can be read once
 * @param confidence in [0, 1]; empty where the expert did not tell what it takes
 * @param used tokens of the answer and of every further sample, as far as they were told
 */
public record Held(Answer answer, OptionalDouble confidence, List<Usage> used) {

    public Held {
        used = List.copyOf(used);
    }

    /** Whether the answer may be given. */
    public boolean isConfident(double limit) {
        return new ConfidenceRule(limit).keeps(confidence.orElse(Double.NaN));
    }
}
