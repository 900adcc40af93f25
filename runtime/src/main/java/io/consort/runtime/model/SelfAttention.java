package io.consort.runtime.model;

import io.consort.runtime.backend.AttentionRule;
import io.consort.runtime.backend.Heads;
import io.consort.runtime.backend.Linear;
import io.consort.runtime.backend.Norm;
import io.consort.runtime.backend.Operations;
import io.consort.runtime.backend.Rows;
import java.util.Optional;

/**
 * Grouped-query attention with rotary positions.
 *
 * @param layer whose keys and values it reads and writes
 * @param headNorms norms of each query and key head, where the architecture has them
 */
record SelfAttention(
        int layer,
        Heads heads,
        Linear queryKeyValue,
        Optional<HeadNorms> headNorms,
        RopeSettings rope,
        AttentionRule rule,
        Linear output) {

    /** Norms of single heads (Henry et al. 2020). */
    record HeadNorms(Norm query, Norm key) {}

    Rows of(Rows x, Operations ops, Rotations rotations) {
        Rows qkv = ops.linear(x, queryKeyValue);
        headNorms.ifPresent(norms -> ops.normHeads(qkv, heads, norms.query(), norms.key()));
        ops.rotate(qkv, heads, rotations.of(rope));
        return ops.linear(ops.attend(qkv, heads, layer, rule), output);
    }
}
