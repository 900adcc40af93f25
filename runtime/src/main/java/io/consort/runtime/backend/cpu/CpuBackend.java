package io.consort.runtime.backend.cpu;

import io.consort.runtime.backend.Backend;
import io.consort.runtime.backend.Heads;
import io.consort.runtime.backend.KvStore;
import io.consort.runtime.backend.Linear;
import io.consort.runtime.backend.Norm;
import io.consort.runtime.backend.Operations;
import io.consort.runtime.weights.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs models on the processor. Weights are read where they are mapped, in the type in which they
 * are stored.
 */
public final class CpuBackend implements Backend {

    private final Workers workers;
    private final long weightCapacity;

    /**
     * @param threads threads that one operation may use, the calling one included
     * @param weightCapacity bytes of weights that may be mapped by one model
     */
    public CpuBackend(int threads, long weightCapacity) {
        this.workers = new Workers(threads);
        this.weightCapacity = weightCapacity;
    }

    /** A backend that uses the whole machine, or the whole container. */
    public static CpuBackend ofMachine() {
        return new CpuBackend(Runtime.getRuntime().availableProcessors(), memoryForWeights());
    }

    private static long memoryForWeights() {
        var system =
                ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
        long total = system.getTotalMemorySize();
        return Math.max(total / 2, total - Runtime.getRuntime().maxMemory());
    }

    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public long weightCapacity() {
        return weightCapacity;
    }

    @Override
    public Linear linear(List<Tensor> matrices, List<Tensor> biases) {
        List<CpuLinear.Part> parts = new ArrayList<>();
        for (int i = 0; i < matrices.size(); i++) {
            Tensor matrix = matrices.get(i);
            int out = Math.toIntExact(matrix.shape().getFirst());
            float[] bias = biases.isEmpty() ? new float[0] : biases.get(i).toFloats();
            MemorySegment data = plain(matrix.data());
            parts.add(new CpuLinear.Part(WeightFormat.of(matrix.type()), data, out, bias));
        }
        return new CpuLinear(Math.toIntExact(matrices.getFirst().shape().getLast()), parts);
    }

    /**
     * The same memory, with the same bounds and life, in a segment of one class whether it is mapped
     * or allocated: kernels that meet two classes grow beyond what the compiler inlines.
     */
    @SuppressWarnings("restricted")
    private static MemorySegment plain(MemorySegment data) {
        return data.isNative() ? data.reinterpret(data.byteSize()) : data;
    }

    @Override
    public Norm norm(Tensor weight, float epsilon, float offset) {
        float[] values = weight.toFloats();
        for (int i = 0; i < values.length; i++) {
            values[i] += offset;
        }
        return new CpuNorm(values, epsilon);
    }

    @Override
    public KvStore store(int layers, Heads heads, int blocks) {
        return new CpuKvStore(layers, heads, blocks);
    }

    @Override
    public Operations operations() {
        return new CpuOperations(workers);
    }

    @Override
    public void close() {
        workers.close();
    }
}
