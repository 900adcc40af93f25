package io.consort.runtime.model;

import io.consort.runtime.backend.KvStore;

/** Keeps the tokens of positions in place of keys and values. */
public final class FakeStore implements KvStore {

    private final int[] tokens;
    private boolean closed;

    public FakeStore(int blocks) {
        tokens = new int[blocks * BLOCK];
    }

    @Override
    public int blocks() {
        return tokens.length / BLOCK;
    }

    void write(int[] blocks, int position, int token) {
        tokens[blocks[position / BLOCK] * BLOCK + position % BLOCK] = token;
    }

    int read(int[] blocks, int position) {
        return tokens[blocks[position / BLOCK] * BLOCK + position % BLOCK];
    }

    public boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
