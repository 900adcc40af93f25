package io.consort.runtime.model;

import io.consort.runtime.backend.Norm;
import io.consort.runtime.backend.Operations;
import io.consort.runtime.backend.Rows;

/** Llama 2 and 3 (Touvron et al. 2023; Grattafiori et al. 2024), and SmolLM. */
record Llama(
        Norm attentionNorm, SelfAttention attention, Norm feedForwardNorm, FeedForward feedForward)
        implements DecoderLayer {

    static Llama load(LayerParameters p) {
        return new Llama(
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
