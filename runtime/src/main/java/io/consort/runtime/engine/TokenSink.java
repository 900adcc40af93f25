package io.consort.runtime.engine;

import io.consort.experts.chat.FinishReason;

/**
 * Where a generation's tokens go. Called by the engine's thread only, one call after the other,
 * except for {@link #ready}; no method may block. Exactly one of these ends a generation that is
 * not cancelled: {@link #token} returns false, {@link #end}, or {@link #failed}. Nothing is called
 * after it.
 */
public interface TokenSink {

    /**
     * Whether a token would be taken now. While it is false the generation takes no turn, and may
     * lose its keys and values to others, which it gets back by computing them again. Whoever makes
     * it true calls {@link GenerationHandle#wake}.
     */
    boolean ready();

    /**
     * The whole prompt has been read. Called once, before anything is said of the answer.
     *
     * @param cached how many of its tokens were in the cache and not computed
     */
    default void began(int cached) {}

    /**
     * A token of the answer.
     *
     * @return whether more are wanted
     */
    boolean token(TokenChoice choice);

    /** The answer is complete: an end token came, or the limit of tokens is reached. */
    void end(FinishReason reason);

    /** The answer cannot be completed. */
    void failed(EngineException failure);
}
