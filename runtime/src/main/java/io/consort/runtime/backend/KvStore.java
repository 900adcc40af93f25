package io.consort.runtime.backend;

/**
 * Device memory for keys and values, in blocks of positions. It knows no sequences: which blocks
 * belong together is said by every {@link Step}.
 */
public interface KvStore extends AutoCloseable {

    /** Positions of a block. */
    int BLOCK = 16;

    /** How many blocks there are, numbered from 0. */
    int blocks();

    /** Frees the memory. No step that uses it may be under way. */
    @Override
    void close();
}
