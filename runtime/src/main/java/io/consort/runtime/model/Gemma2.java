package io.consort.runtime.model;

import io.consort.runtime.backend.Norm;
import io.consort.runtime.backend.Operations;
import io.consort.runtime.backend.Rows;

/**
 * Gemma 2 (Riviere et al. 2024): norms before and after each block, soft-capped scores, and windows
 * in every other layer.
 */
record Gemma2(
        Norm beforeAttention,
        SelfAttention attention,
        Norm afterAttention,
        Norm beforeFeedForward,
        FeedForward feedForward,
        Norm afterFeedForward)
        implements DecoderLayer {

    static Gemma2 load(LayerParameters p) {
        return new Gemma2(
                p.norm("input_layernorm"),
                p.attention(p.splitQueryKeyValue()),
                p.norm("post_attention_layernorm"),
                p.norm("pre_feedforward_layernorm"),
                p.feedForward(p.splitGateAndUp()),
                p.norm("post_feedforward_layernorm"));
    }

    @Override
    public void forward(Rows x, Operations ops) {
        Rows attended = attention.of(ops.norm(x, beforeAttention), ops);
        ops.add(x, ops.norm(attended, afterAttention));
        Rows fed = feedForward.of(ops.norm(x, beforeFeedForward), ops);
        ops.add(x, ops.norm(fed, afterFeedForward));
    }
}
