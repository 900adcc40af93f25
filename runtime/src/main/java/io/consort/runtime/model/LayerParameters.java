package io.consort.runtime.model;

import io.consort.runtime.backend.Attention;
import io.consort.runtime.backend.AttentionRule;
import io.consort.runtime.backend.HeadNorms;
import io.consort.runtime.backend.Heads;
import io.consort.runtime.backend.Linear;
import io.consort.runtime.backend.Norm;
import java.util.List;
import java.util.Optional;

/** The parameters of one layer, under the names that Hugging Face checkpoints give them. */
record LayerParameters(Parameters parameters, int layer) {

    Norm norm(String name) {
        return parameters.norm(path(name), config().hidden());
    }

    /** Query, key and value matrices of their own. */
    Linear splitQueryKeyValue() {
        Heads heads = config().heads();
        return parameters.linear(
                List.of(
                        part("self_attn.q_proj", heads.queryWidth()),
                        part("self_attn.k_proj", heads.keyValueWidth()),
                        part("self_attn.v_proj", heads.keyValueWidth())),
                config().hidden(),
                config().biases().queryKeyValue());
    }

    /** One matrix of queries, keys and values. */
    Linear packedQueryKeyValue() {
        return parameters.linear(
                List.of(part("self_attn.qkv_proj", config().heads().width())),
                config().hidden(),
                config().biases().queryKeyValue());
    }

    HeadNorms headNorms() {
        int size = config().heads().size();
        return new HeadNorms(
                parameters.norm(path("self_attn.q_norm"), size),
                parameters.norm(path("self_attn.k_norm"), size));
    }

    SelfAttention attention(Linear queryKeyValue) {
        return attention(queryKeyValue, Optional.empty());
    }

    SelfAttention attention(Linear queryKeyValue, HeadNorms norms) {
        return attention(queryKeyValue, Optional.of(norms));
    }

    /** Gate and up matrices of their own. */
    Linear splitGateAndUp() {
        return parameters.linear(
                List.of(
                        part("mlp.gate_proj", config().intermediate()),
                        part("mlp.up_proj", config().intermediate())),
                config().hidden(),
                config().biases().feedForward());
    }

    /** One matrix of gate and up. */
    Linear packedGateAndUp() {
        return parameters.linear(
                List.of(part("mlp.gate_up_proj", 2 * config().intermediate())),
                config().hidden(),
                config().biases().feedForward());
    }

    FeedForward feedForward(Linear gateAndUp) {
        Linear down =
                parameters.linear(
                        List.of(part("mlp.down_proj", config().hidden())),
                        config().intermediate(),
                        config().biases().feedForward());
        return new FeedForward(gateAndUp, config().activation(), down);
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private SelfAttention attention(Linear queryKeyValue, Optional<HeadNorms> norms) {
        LayerAttention attention = config().attention().get(layer);
        Linear output =
                parameters.linear(
                        List.of(part("self_attn.o_proj", config().hidden())),
                        config().heads().queryWidth(),
                        config().biases().attentionOutput());
        AttentionRule rule =
                new AttentionRule(
                        config().attentionScale(), config().attentionCap(), attention.window());
        return new SelfAttention(
                queryKeyValue,
                new Attention(layer, config().heads(), norms, attention.rope(), rule),
                output);
    }

    private ModelConfig config() {
        return parameters.config();
    }

    private Parameters.Part part(String name, int out) {
        return new Parameters.Part(path(name), out);
    }

    private String path(String name) {
        return "model.layers.%d.%s".formatted(layer, name);
    }
}
