package io.consort.runtime.model;

import io.consort.runtime.backend.Activation;
import io.consort.runtime.backend.Heads;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The shape of a model, in the same words for every architecture.
 *
 * @param vocabulary number of tokens; ids are below it
 * @param hidden width of the residual stream
 * @param intermediate width of the feed-forward block
 * @param context positions of a sequence at most
 * @param attention one entry per layer
 * @param attentionScale what scores are multiplied by
 * @param attentionCap soft cap of the scores
 * @param logitCap soft cap of the logits
 * @param embeddingScale what embeddings are multiplied by
 * @param tiedHead whether the head uses the embeddings' matrix
 * @param endTokens ids that end an answer, from config.json and generation_config.json
 */
public record ModelConfig(
        Architecture architecture,
        int vocabulary,
        int hidden,
        int intermediate,
        Activation activation,
        Heads heads,
        float normEpsilon,
        int context,
        List<LayerAttention> attention,
        float attentionScale,
        OptionalDouble attentionCap,
        OptionalDouble logitCap,
        float embeddingScale,
        Biases biases,
        boolean tiedHead,
        Set<Integer> endTokens) {

    /** Which projections have a bias. */
    public record Biases(boolean queryKeyValue, boolean attentionOutput, boolean feedForward) {}

    public ModelConfig {
        attention = List.copyOf(attention);
        endTokens = Set.copyOf(endTokens);
    }

    /**
     * The longest sequence whose cache stays valid when it grows: beyond it the rotary frequencies
     * change, and the sequence must be truncated to 0 and run again from its first token. Only
     * models that were trained with two sets of frequencies have one.
     */
    public OptionalInt cacheValidUpTo() {
        return architecture == Architecture.PHI3
                        && attention.getFirst().rope().scaling()
                                instanceof RopeScaling.LongRope longRope
                ? OptionalInt.of(longRope.originalContext())
                : OptionalInt.empty();
    }

    /** Number of layers. */
    public int layers() {
        return attention.size();
    }
}
