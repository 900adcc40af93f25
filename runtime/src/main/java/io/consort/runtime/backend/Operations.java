package io.consort.runtime.backend;

/**
 * What architectures are written in. All activations are float32, and so is the accumulation.
 *
 * <p>One step runs at a time. Rows come from a stack of scratch memory: they live until {@link
 * #release} is called with a mark taken before they were made, or until the next step begins.
 */
public interface Operations {

    /** Begins a step; rows of the step before are invalid from now on. */
    void begin(Step step, KvStore store);

    /** A mark of the scratch stack, for {@link #release}. */
    int mark();

    /** Frees all rows made since the mark. */
    void release(int mark);

    /** The embeddings of the step's tokens, multiplied by {@code scale}. */
    Rows embed(Linear embeddings, float scale);

    /** {@code x / rms(x) * weight} for each row. */
    Rows norm(Rows x, Norm norm);

    /** {@code x W^T + b} for each row. */
    Rows linear(Rows x, Linear linear);

    /** Normalises each query head and each key head of packed rows, in place. */
    void normHeads(Rows queryKeyValue, Heads heads, Norm query, Norm key);

    /** Rotates each query head and each key head of packed rows, in place. */
    void rotate(Rows queryKeyValue, Heads heads, Rotation rotation);

    /**
     * Stores the keys and values of the step's rows in the cache and lets each row's queries attend
     * to its sequence's positions up to its own.
     *
     * @return mixed values, {@code heads.queryWidth()} wide
     */
    Rows attend(Rows queryKeyValue, Heads heads, int layer, AttentionRule rule);

    /** {@code activation(left half) * right half} for each row. */
    Rows gate(Rows gateAndUp, Activation activation);

    /** {@code x += y}. */
    void add(Rows x, Rows y);

    /** Chosen rows of {@code x}, in the order given. */
    Rows select(Rows x, int[] rows);

    /** {@code x = cap * tanh(x / cap)}. */
    void softCap(Rows x, float cap);
}
