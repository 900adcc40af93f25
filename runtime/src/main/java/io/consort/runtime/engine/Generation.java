package io.consort.runtime.engine;

import io.consort.runtime.model.PrefixKey;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What is to be generated.
 *
 * @param prompt tokens to go on from, at least one; must not be changed
 * @param maxTokens tokens of the answer at most
 * @param endTokens tokens that end the answer and are no part of it
 * @param topLogprobs present when log-probabilities are wanted: how many alternatives
 * @param deadline when the work becomes pointless, as {@link System#nanoTime} counts
 * @param key what its keys and values depend on besides its tokens and the model's weights
 */
public record Generation(
        int[] prompt,
        int maxTokens,
        Set<Integer> endTokens,
        Sampler sampler,
        OptionalInt topLogprobs,
        OptionalLong deadline,
        PrefixKey key) {

    public Generation {
        endTokens = Set.copyOf(endTokens);
        if (prompt.length == 0) {
            throw new IllegalArgumentException("`prompt` must hold at least one token");
        }
        if (maxTokens < 1) {
            throw new IllegalArgumentException("`maxTokens` must be at least 1, not " + maxTokens);
        }
    }

    /** The same of one owner, who alone may take what was computed for this prompt. */
    public Generation ownedBy(String one) {
        return new Generation(
                prompt, maxTokens, endTokens, sampler, topLogprobs, deadline, key.ownedBy(one));
    }

    /** What the model alone is to generate. */
    public Generation(
            int[] prompt,
            int maxTokens,
            Set<Integer> endTokens,
            Sampler sampler,
            OptionalInt topLogprobs,
            OptionalLong deadline) {
        this(prompt, maxTokens, endTokens, sampler, topLogprobs, deadline, PrefixKey.PLAIN);
    }

    /** Positions that keys and values are needed for at most; the last token needs none. */
    long positions() {
        return (long) prompt.length + maxTokens - 1;
    }
}
