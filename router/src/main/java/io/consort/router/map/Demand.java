package io.consort.router.map;

import java.util.List;

/**
 * A category that a map must serve.
 *
 * @param category its id
 * @param weight its share of the traffic; weights need not sum to one
 * @param estimates one per candidate, in the candidates' order
 */
public record Demand(String category, double weight, List<Estimate> estimates) {

    public Demand {
        if (!(weight >= 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException(
                    "the traffic of category '%s' must be 0 or more, not %s"
                            .formatted(category, weight));
        }
        estimates = List.copyOf(estimates);
    }
}
