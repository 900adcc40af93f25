package io.consort.router.signal;

/**
 * A rough substitute for an {@link Embedder} that needs microseconds and runs on the caller's
 * thread. Thread-safe and deterministic. Its embeddings cannot be compared with the embedder's.
 */
public interface QuickEmbedder {

    /** Names model and version; embeddings of different ids cannot be compared. */
    String id();

    /** The length of every embedding. */
    int dimension();

    /**
     * The embedding of a text, of length {@link #dimension()} and Euclidean norm 1; all zeros where
     * the text holds nothing known.
     */
    float[] embed(String text);
}
