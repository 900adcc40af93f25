package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.cuda.driver.Stream;

/** Where a model's weights come from while it computes. Used by the thread that runs its passes. */
interface Supply {

    /** Weights that are always there. */
    Supply PERMANENT =
            new Supply() {
                @Override
                public void begin() {}

                @Override
                public void await(int part, Stream stream) {}

                @Override
                public boolean isComplete() {
                    return true;
                }
            };

    /** A step begins. */
    void begin();

    /** Lets what is submitted to a stream from now on wait for a part of the weights, and those before it. */
    void await(int part, Stream stream);

    /** Whether the stream has waited for all parts. */
    boolean isComplete();
}
