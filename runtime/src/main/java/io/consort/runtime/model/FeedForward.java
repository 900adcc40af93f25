package io.consort.runtime.model;

import io.consort.runtime.backend.Activation;
import io.consort.runtime.backend.Linear;
import io.consort.runtime.backend.Operations;
import io.consort.runtime.backend.Rows;

/** A gated feed-forward block: {@code down(activation(gate(x)) * up(x))} (Shazeer 2020). */
record FeedForward(Linear gateAndUp, Activation activation, Linear down) {

    Rows of(Rows x, Operations ops) {
        return ops.linear(ops.gated(x, gateAndUp, activation), down);
    }

    /** {@code target += of(x)}. */
    void addTo(Rows target, Rows x, Operations ops) {
        ops.addLinear(target, ops.gated(x, gateAndUp, activation), down);
    }
}
