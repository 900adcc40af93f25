package io.consort.runtime.bench;

/**
 * What one engine does with one model, in tokens per second.
 *
 * @param share of the read limit that decoding one sequence reaches
 */
record Figures(String engine, Series decode, Series share, Series batch, Series prefill) {

    Figures(String engine) {
        this(engine, new Series(), new Series(), new Series(), new Series());
    }
}
