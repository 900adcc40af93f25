package io.consort.router.outcomes;

/**
 * What is known about a model of the pool; NaN where a figure is unknown.
 *
 * @param activeParamsB parameters that work on a token, in billions
 * @param usdPerMtokOut list price of a million written tokens, in USD
 */
public record ModelFacts(String name, double activeParamsB, double usdPerMtokOut) {

    static ModelFacts unknown(String name) {
        return new ModelFacts(name, Double.NaN, Double.NaN);
    }
}
