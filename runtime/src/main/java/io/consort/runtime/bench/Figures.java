package io.consort.runtime.bench;

/** What one engine does with one model, in tokens per second. */
record Figures(String engine, Series decode, Series batch, Series prefill) {

    Figures(String engine) {
        this(engine, new Series(), new Series(), new Series());
    }
}
