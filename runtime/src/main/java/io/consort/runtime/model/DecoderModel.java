package io.consort.runtime.model;

/**
 * A decoder-only language model whose weights lie on a device.
 *
 * <p>The weights never change. Passes use scratch memory of the model, so only one pass is under way
 * at a time: one thread, or threads that take turns. The checkpoint must outlive the model.
 */
public interface DecoderModel extends AutoCloseable {

    /** What the checkpoint says about itself. */
    ModelConfig config();

    /**
     * Room for keys and values of {@code blocks} blocks of {@link KvCache#BLOCK} positions. The
     * caller closes it, before the model.
     */
    KvCache newCache(int blocks);

    /** What {@link #newCache} takes per block, in bytes. */
    long cacheBytesPerBlock();

    /**
     * Begins to run the new positions of a batch, at layer 0, with their embeddings as hidden states.
     * Every sequence of the batch must belong to {@code cache} and have room reserved for its new
     * positions.
     *
     * @throws IllegalArgumentException for a token outside the vocabulary, a sequence of another
     *     cache, missing room, or a sequence longer than the context
     */
    Pass begin(Batch batch, KvCache cache);

    /**
     * Runs a batch through all layers, so that its sequences are longer by their new positions.
     * Prompts and single tokens of any number of sequences may be mixed; each sequence sees only
     * itself.
     *
     * @return logits of the rows that the batch asks for; valid until the next pass begins
     */
    default Logits forward(Batch batch, KvCache cache) {
        try (Pass pass = begin(batch, cache)) {
            pass.runTo(config().layers());
            return pass.finish();
        }
    }

    /** Whether passes can draw tokens where the logits are: {@link Pass#finishChoosing}. */
    default boolean chooses() {
        return false;
    }

    /**
     * What is equal for models whose passes gain from {@link Pass#finishTogether}: they have the same
     * shape and lie on the same device. By default each model is alone.
     */
    default Object kin() {
        return this;
    }

    /** Waits until its device has done all that passes have asked for. */
    default void settle() {}

    /** Gives back what the model holds on its device. No pass may be under way. */
    @Override
    void close();
}
