package io.consort.runtime.model;

import io.consort.runtime.backend.Operations;
import io.consort.runtime.backend.Rows;

/** One layer of a decoder: reads the residual stream and adds to it. */
interface DecoderLayer {

    /** Runs the layer on the rows of the step, in place. */
    void forward(Rows x, Operations ops);
}
