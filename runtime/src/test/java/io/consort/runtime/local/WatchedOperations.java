package io.consort.runtime.local;

import io.consort.runtime.backend.Activation;
import io.consort.runtime.backend.Attention;
import io.consort.runtime.backend.Choice;
import io.consort.runtime.backend.Chosen;
import io.consort.runtime.backend.KvStore;
import io.consort.runtime.backend.Linear;
import io.consort.runtime.backend.Norm;
import io.consort.runtime.backend.Operations;
import io.consort.runtime.backend.Rows;
import io.consort.runtime.backend.Step;
import java.util.List;

/** Operations of another backend whose beginnings and ends somebody watches. */
record WatchedOperations(Operations operations, Watcher watcher) implements Operations {

    /** Who watches. */
    interface Watcher {
        void begins();

        void settled();
    }

    @Override
    public void begin(Step step, KvStore store) {
        watcher.begins();
        operations.begin(step, store);
    }

    @Override
    public void settle() {
        operations.settle();
        watcher.settled();
    }

    @Override
    public int mark() {
        return operations.mark();
    }

    @Override
    public void release(int mark) {
        operations.release(mark);
    }

    @Override
    public Rows embed(Linear embeddings, float scale) {
        return operations.embed(embeddings, scale);
    }

    @Override
    public Rows norm(Rows x, Norm norm) {
        return operations.norm(x, norm);
    }

    @Override
    public Rows linear(Rows x, Linear linear) {
        return operations.linear(x, linear);
    }

    @Override
    public Rows attend(Rows queryKeyValue, Attention attention) {
        return operations.attend(queryKeyValue, attention);
    }

    @Override
    public Rows gate(Rows gateAndUp, Activation activation) {
        return operations.gate(gateAndUp, activation);
    }

    @Override
    public void add(Rows x, Rows y) {
        operations.add(x, y);
    }

    @Override
    public Rows select(Rows x, int[] rows) {
        return operations.select(x, rows);
    }

    @Override
    public void softCap(Rows x, float cap) {
        operations.softCap(x, cap);
    }

    @Override
    public boolean chooses() {
        return operations.chooses();
    }

    @Override
    public Chosen choose(Rows x, List<Choice> choices) {
        return operations.choose(x, choices);
    }

    @Override
    public void close() {
        operations.close();
    }
}
