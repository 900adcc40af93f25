package io.consort.runtime.model;

import io.consort.runtime.backend.Norm;
import io.consort.runtime.backend.Operations;
import io.consort.runtime.backend.Rows;

/** Qwen 2 and 2.5 (Yang et al. 2024): queries, keys and values have biases. */
record Qwen2(
        Norm attentionNorm, SelfAttention attention, Norm feedForwardNorm, FeedForward feedForward)
        implements DecoderLayer {

    static Qwen2 load(LayerParameters p) {
        return new Qwen2(
                p.norm("input_layernorm"),
                p.attention(p.splitQueryKeyValue()),
                p.norm("post_attention_layernorm"),
                p.feedForward(p.splitGateAndUp()));
    }

    @Override
    public void forward(Rows x, Operations ops) {
        attention.addTo(x, ops.norm(x, attentionNorm), ops);
        feedForward.addTo(x, ops.norm(x, feedForwardNorm), ops);
    }
}
