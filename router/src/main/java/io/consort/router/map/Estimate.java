package io.consort.router.map;

import java.util.Map;

/**
 * How well an expert answers a category.
 *
 * @param score the expected score, in [0, 1]
 * @param error its standard error
 * @param samples how many answers were scored
 * @param uses what is known of this expert in this category alone, in place of the candidate's
 *     figures; hosted measures are not read from here
 */
public record Estimate(double score, double error, int samples, Map<Measure, Double> uses) {

    public Estimate {
        if (!Double.isFinite(score) || !(error >= 0)) {
            throw new IllegalArgumentException(
                    "an estimate needs a finite score and an error of 0 or more, not %s and %s"
                            .formatted(score, error));
        }
        uses = Map.copyOf(uses);
    }

    /** An estimate that uses what its candidate uses. */
    public Estimate(double score, double error, int samples) {
        this(score, error, samples, Map.of());
    }
}
