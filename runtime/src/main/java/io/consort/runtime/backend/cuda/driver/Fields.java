package io.consort.runtime.backend.cuda.driver;

/** Receives the fields of a structure of C, one after the other, each aligned to its own size. */
public interface Fields {

    /** An address. */
    Fields field(long value);

    /** An integer. */
    Fields field(int value);

    /** A number. */
    Fields field(float value);
}
