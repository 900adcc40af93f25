package io.consort.runtime.backend.cpu;

import static io.consort.runtime.backend.cpu.Floats.LANES;

import io.consort.runtime.backend.Backend;
import io.consort.runtime.backend.Heads;
import io.consort.runtime.backend.KvStore;
import io.consort.runtime.backend.Linear;
import io.consort.runtime.backend.Norm;
import io.consort.runtime.backend.Operations;
import io.consort.runtime.weights.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Runs models on the processor. Weights are read where they are mapped, in the type in which they
 * are stored, or from a copy as large whose rows are {@link Interleaved interleaved}, where that is
 * faster.
 */
public final class CpuBackend implements Backend {

    private final Workers workers;
    private final Interleaver interleaver;
    private final long weightCapacity;

    /**
     * @param threads threads that one operation may use, the calling one included
     * @param weightCapacity bytes of weights that may be mapped by one model
     */
    public CpuBackend(int threads, long weightCapacity) {
        this.workers = new Workers(threads);
        this.interleaver = new Interleaver(workers);
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
    public long copiedBytes(Tensor matrix) {
        int rows = Interleaved.rows(matrix.type(), Math.toIntExact(matrix.shape().getFirst()));
        return Interleaved.Digits.of(matrix.type())
                .map(digits -> rows / LANES * digits.groupBytes(width(matrix)))
                .orElse(0L);
    }

    @Override
    public Linear linear(List<Tensor> matrices, List<Tensor> biases) {
        if (matrices.stream().allMatch(matrix -> copiedBytes(matrix) == 0)) {
            return linear(matrices, biases, Optional.empty());
        }
        return copied(matrices, biases);
    }

    @SuppressWarnings("MustBeClosedChecker")
    private CpuLinear copied(List<Tensor> matrices, List<Tensor> biases) {
        Arena arena = Arena.ofShared();
        try {
            return linear(matrices, biases, Optional.of(arena));
        } catch (RuntimeException | Error e) {
            arena.close();
            throw e;
        }
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private CpuLinear linear(List<Tensor> matrices, List<Tensor> biases, Optional<Arena> arena) {
        List<CpuLinear.Part> parts = new ArrayList<>();
        for (int i = 0; i < matrices.size(); i++) {
            Tensor matrix = matrices.get(i);
            float[] bias = biases.isEmpty() ? new float[0] : biases.get(i).toFloats();
            addParts(matrix, bias, arena.flatMap(held -> interleaver.copy(matrix, held)), parts);
        }
        return new CpuLinear(width(matrices.getFirst()), parts, arena);
    }

    @Override
    public Linear table(Tensor matrix) {
        List<CpuLinear.Part> parts = new ArrayList<>();
        addParts(matrix, new float[0], Optional.empty(), parts);
        return new CpuLinear(width(matrix), parts);
    }

    private static int width(Tensor matrix) {
        return Math.toIntExact(matrix.shape().getLast());
    }

    /** The rows that are copied, and those that are not. */
    private static void addParts(
            Tensor matrix, float[] bias, Optional<Interleaved> copy, List<CpuLinear.Part> parts) {
        WeightFormat format = WeightFormat.of(matrix.type());
        MemorySegment data = Segments.plain(matrix.data());
        int out = Math.toIntExact(matrix.shape().getFirst());
        int copied = copy.map(Interleaved::rows).orElse(0);
        if (copied > 0) {
            float[] some = bias.length == 0 ? bias : Arrays.copyOf(bias, copied);
            parts.add(new CpuLinear.Part(format, data, copied, some, copy));
        }
        if (copied < out) {
            float[] rest = bias.length == 0 ? bias : Arrays.copyOfRange(bias, copied, out);
            long place = matrix.type().bytes((long) copied * width(matrix));
            parts.add(new CpuLinear.Part(format, data.asSlice(place), out - copied, rest));
        }
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
