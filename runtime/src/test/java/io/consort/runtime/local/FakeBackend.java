package io.consort.runtime.local;

import io.consort.runtime.backend.Backend;
import io.consort.runtime.backend.Heads;
import io.consort.runtime.backend.KvStore;
import io.consort.runtime.backend.Linear;
import io.consort.runtime.backend.Norm;
import io.consort.runtime.backend.Operations;
import io.consort.runtime.weights.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;

/** A device of another name whose arithmetic is the processor's. */
record FakeBackend(Backend backend, UnaryOperator<Operations> around) implements Backend {

    static FakeBackend of(Backend backend) {
        return new FakeBackend(backend, UnaryOperator.identity());
    }

    @Override
    public String name() {
        return "cuda";
    }

    @Override
    public long weightCapacity() {
        return backend.weightCapacity();
    }

    @Override
    public Linear linear(List<Tensor> matrices, List<Tensor> biases) {
        return backend.linear(matrices, biases);
    }

    @Override
    public Norm norm(Tensor weight, float epsilon, float offset) {
        return backend.norm(weight, epsilon, offset);
    }

    @Override
    public KvStore store(int layers, Heads heads, int blocks) {
        return backend.store(layers, heads, blocks);
    }

    @Override
    public Operations operations() {
        return around.apply(backend.operations());
    }

    @Override
    public void close() {
        backend.close();
    }
}
