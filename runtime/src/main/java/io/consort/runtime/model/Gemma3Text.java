package io.consort.runtime.model;

import io.consort.runtime.backend.Norm;
import io.consort.runtime.backend.Operations;
import io.consort.runtime.backend.Rows;

/**
 * The text part of Gemma 3 (Kamath et al. 2025): Gemma 2's layer with normalised query and key heads
 * instead of soft caps; layers with a window have a rotary base of their own.
 */
record Gemma3Text(
        Norm beforeAttention,
        SelfAttention attention,
        Norm afterAttention,
        Norm beforeFeedForward,
        FeedForward feedForward,
        Norm afterFeedForward)
        implements DecoderLayer {

    static Gemma3Text load(LayerParameters p) {
        return new Gemma3Text(
                p.norm("input_layernorm"),
                p.attention(p.splitQueryKeyValue(), p.headNorms()),
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
