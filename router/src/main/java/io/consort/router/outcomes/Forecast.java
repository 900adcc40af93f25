package io.consort.router.outcomes;

/** What a fitted policy expects of every model. Pure and thread-safe. */
@FunctionalInterface
interface Forecast {

    /** The expected score of each model on a query, in the pool's order. */
    double[] of(Query query);
}
