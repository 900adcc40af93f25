package io.consort.experts.chat;

/**
 * Told what happens to a call before its answer begins. Called on any thread; must be quick and must
 * not block.
 */
@FunctionalInterface
public interface Witness {

    /** Takes no notice. */
    Witness NOBODY = (_, _) -> {};

    /**
     * The expert was slow, so that it was asked a second time at once; one of both calls was given
     * up because the other answers.
     *
     * @param secondAnswers whether it is the second that answers
     */
    void hedged(String expert, boolean secondAnswers);
}
