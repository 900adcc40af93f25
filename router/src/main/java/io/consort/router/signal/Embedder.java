package io.consort.router.signal;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Turns a text into a direction: texts of similar meaning point the same way. Thread-safe and
 * deterministic.
 */
public interface Embedder extends AutoCloseable {

    /** Names model and version; embeddings of different ids cannot be compared. */
    String id();

    /** The length of every embedding. */
    int dimension();

    /**
     * The embedding of a text, of length {@link #dimension()} and Euclidean norm 1. Does not block.
     *
     * <p>A text longer than the model reads is represented by its beginning and its end. The array
     * may be shared and must not be changed. The stage fails with {@link EmbedderBusyException} when
     * too many texts are waiting.
     */
    CompletionStage<float[]> embed(String text);

    /**
     * The embeddings of many texts, in their order; blocks, and takes less time than one after the
     * other. They are those of {@link #embed} up to what the model's rounding makes of texts that it
     * reads together, which may be different ones the next time.
     *
     * @throws java.util.concurrent.CompletionException where one cannot be embedded
     */
    default List<float[]> embedAll(List<String> texts) {
        return InTurn.embed(texts, this);
    }

    /**
     * The same model reading less of long texts, so that the time of an embedding is bounded. Its
     * embeddings of short texts are this embedder's. Belongs to this embedder: closing it changes
     * nothing.
     */
    default Embedder brief() {
        return this;
    }

    /** A rough substitute that decides the clear cases, where there is one. */
    default Optional<QuickEmbedder> quick() {
        return Optional.empty();
    }

    /** Frees the model. Texts in flight fail; closing twice changes nothing. */
    @Override
    void close();
}
