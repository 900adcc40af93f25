package io.consort.router.outcomes;

/**
 * What is known about a model of the pool; NaN where a figure is unknown.
 *
 * @param paramsB all its parameters, in billions
 * @param activeParamsB parameters that work on a token, in billions
 * @param usdPerMtokOut list price of a million written tokens, in USD
 * @param latencyMs mean time until an answer is complete
 * @param deviceBytes what it takes on its device
 */
public record ModelFacts(
        String name,
        double paramsB,
        double activeParamsB,
        double usdPerMtokOut,
        double latencyMs,
        double deviceBytes) {

    static ModelFacts unknown(String name) {
        return new ModelFacts(name, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }
}
