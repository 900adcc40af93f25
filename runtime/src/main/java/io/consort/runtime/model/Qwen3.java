package io.consort.runtime.model;

import io.consort.runtime.backend.Norm;
import io.consort.runtime.backend.Operations;
import io.consort.runtime.backend.Rows;

/** Qwen 3 (Yang et al. 2025): each query and key head is normalised before it is rotated. */
record Qwen3(
        Norm attentionNorm, SelfAttention attention, Norm feedForwardNorm, FeedForward feedForward)
        implements DecoderLayer {

    static Qwen3 load(LayerParameters p) {
        return new Qwen3(
                p.norm("input_layernorm"),
                p.attention(p.splitQueryKeyValue(), p.headNorms()),
                p.norm("post_attention_layernorm"),
                p.feedForward(p.splitGateAndUp()));
    }

    @Override
    public void forward(Rows x, Operations ops) {
        attention.addTo(x, ops.norm(x, attentionNorm), ops);
        feedForward.addTo(x, ops.norm(x, feedForwardNorm), ops);
    }
}
