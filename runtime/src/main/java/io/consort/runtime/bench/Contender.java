package io.consort.runtime.bench;

/** An engine with one model loaded. */
interface Contender extends AutoCloseable {

    /** Tokens of a prompt whose speed is measured. */
    int PROMPT = 512;

    /** Positions of a sequence before its decoding is measured. */
    int CONTEXT = 128;

    /** Sequences that are decoded together. */
    int BATCH = 8;

    /** What it is called in reports. */
    String name();

    /** Tokens per second of so many sequences that are decoded together. */
    double decode(int sequences);

    /** Tokens per second of a prompt. */
    double prefill();

    @Override
    void close();
}
