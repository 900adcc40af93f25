package io.consort.runtime.model;

import io.consort.runtime.backend.Attention;
import io.consort.runtime.backend.Linear;
import io.consort.runtime.backend.Operations;
import io.consort.runtime.backend.Rows;

/** Grouped-query attention with rotary positions, between its two projections. */
record SelfAttention(Linear queryKeyValue, Attention attention, Linear output) {

    Rows of(Rows x, Operations ops) {
        return ops.linear(mixed(x, ops), output);
    }

    /** {@code target += of(x)}. */
    void addTo(Rows target, Rows x, Operations ops) {
        ops.addLinear(target, mixed(x, ops), output);
    }

    private Rows mixed(Rows x, Operations ops) {
        return ops.attend(ops.linear(x, queryKeyValue), attention);
    }
}
