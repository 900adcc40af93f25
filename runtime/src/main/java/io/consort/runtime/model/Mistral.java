package io.consort.runtime.model;

import io.consort.runtime.backend.Norm;
import io.consort.runtime.backend.Operations;
import io.consort.runtime.backend.Rows;

/** Mistral (Jiang et al. 2023): Llama's layer, whose attention may see a sliding window. */
record Mistral(
        Norm attentionNorm, SelfAttention attention, Norm feedForwardNorm, FeedForward feedForward)
        implements DecoderLayer {

    static Mistral load(LayerParameters p) {
        return new Mistral(
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
