package io.consort.runtime.model;

import io.consort.runtime.backend.Norm;
import io.consort.runtime.backend.Operations;
import io.consort.runtime.backend.Rows;

/** Phi 3 and 3.5 (Abdin et al. 2024): projections of the same input are stored as one matrix. */
record Phi3(
        Norm attentionNorm, SelfAttention attention, Norm feedForwardNorm, FeedForward feedForward)
        implements DecoderLayer {

    static Phi3 load(LayerParameters p) {
        return new Phi3(
                p.norm("input_layernorm"),
                p.attention(p.packedQueryKeyValue()),
                p.norm("post_attention_layernorm"),
                p.feedForward(p.packedGateAndUp()));
    }

    @Override
    public void forward(Rows x, Operations ops) {
        attention.addTo(x, ops.norm(x, attentionNorm), ops);
        feedForward.addTo(x, ops.norm(x, feedForwardNorm), ops);
    }
}
