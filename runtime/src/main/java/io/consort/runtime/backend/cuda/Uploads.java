package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.cuda.driver.Call;
import io.consort.runtime.backend.cuda.driver.Context;
import io.consort.runtime.backend.cuda.driver.DeviceMemory;
import io.consort.runtime.backend.cuda.driver.Grid;
import io.consort.runtime.backend.cuda.driver.Stream;
import io.consort.runtime.weights.DType;
import io.consort.runtime.weights.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;

/** Brings tensors to the device. Used by one thread at a time. */
final class Uploads implements AutoCloseable {

    private static final long ALIGNMENT = 256;
    private static final int THREADS = 256;
    private static final int BLOCKS = 1024;

    private final Context context;
    private final Kernels kernels;
    private final Quantisation quantisation;
    private final Stream stream;
    private final Call call;

    Uploads(Context context, Kernels kernels, Quantisation quantisation) {
        this.context = context;
        this.kernels = kernels;
        this.quantisation = quantisation;
        this.stream = Stream.create(context, Stream.Priority.LOW);
        this.call = new Call(stream, kernels.get("soft_cap"));
    }

    Stream stream() {
        return stream;
    }

    /** Whether matrices lie in their file as they lie on the device. */
    boolean copies(List<Tensor> matrices) {
        int in = Math.toIntExact(matrices.getFirst().shape().getLast());
        boolean same = matrices.stream().allMatch(m -> m.type() == matrices.getFirst().type());
        return same && quantisation.format(in).isEmpty() && expanded(matrices).isEmpty();
    }

    /** Bytes of all that belongs to matrices. */
    long bytes(CudaLinear linear) {
        long scalesAt = aligned(linear.format().bytes(linear.out(), linear.in()));
        long biasAt = scalesAt + aligned(linear.format().scaleBytes(linear.out(), linear.in()));
        return biasAt + (linear.bias() == 0 ? 0 : 4L * linear.out());
    }

    /** Matrices below each other, and their biases. */
    CudaLinear linear(List<Tensor> matrices, List<Tensor> biases) {
        context.makeCurrent();
        int in = Math.toIntExact(matrices.getFirst().shape().getLast());
        int out = matrices.stream().mapToInt(m -> Math.toIntExact(m.shape().getFirst())).sum();
        Format stored = stored(matrices);
        Optional<Format> other = quantisation.format(in).or(() -> expanded(matrices));
        Format format = other.orElse(stored);
        long scalesAt = aligned(format.bytes(out, in));
        long biasAt = scalesAt + aligned(format.scaleBytes(out, in));
        long biasBytes = biases.isEmpty() ? 0 : 4L * out;
        DeviceMemory memory = DeviceMemory.allocate(context, biasAt + biasBytes);
        long scales = format.isScaled() ? memory.address() + scalesAt : 0;
        long bias = biases.isEmpty() ? 0 : memory.address() + biasAt;
        if (other.isPresent()) {
            convert(matrices, stored, format, memory, scales, out, in);
        } else {
            copy(matrices, stored, memory.address());
        }
        if (bias != 0) {
            copy(biases, Format.F32, bias);
        }
        stream.synchronize();
        return new CudaLinear(format, memory::close, memory.address(), scales, bias, in, out);
    }

    /** Numbers in float32. */
    DeviceMemory floats(float[] values) {
        context.makeCurrent();
        DeviceMemory memory = DeviceMemory.allocate(context, 4L * values.length);
        copy(memory.address(), values);
        return memory;
    }

    private static Format stored(List<Tensor> tensors) {
        DType first = tensors.getFirst().type();
        boolean same = tensors.stream().allMatch(tensor -> tensor.type() == first);
        return same ? Format.of(first).orElse(Format.F32) : Format.F32;
    }

    /** Blocks of a file become numbers of sixteen bits. */
    private static Optional<Format> expanded(List<Tensor> tensors) {
        boolean blocks = tensors.stream().anyMatch(t -> Format.of(t.type()).isEmpty());
        return blocks ? Optional.of(Format.F16) : Optional.empty();
    }

    private void copy(List<Tensor> tensors, Format format, long address) {
        long at = address;
        for (Tensor tensor : tensors) {
            if (Format.of(tensor.type()).equals(Optional.of(format))) {
                stream.copyToDevice(at, tensor.data());
                at += tensor.data().byteSize();
            } else {
                copy(at, tensor.toFloats());
                at += 4 * tensor.count();
            }
        }
    }

    private void copy(long address, float[] values) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment from = arena.allocateFrom(ValueLayout.JAVA_FLOAT, values);
            stream.copyToDevice(address, from);
            stream.synchronize();
        }
    }

    private void convert(
            List<Tensor> matrices,
            Format stored,
            Format format,
            DeviceMemory memory,
            long scales,
            int out,
            int in) {
        try (DeviceMemory rows = DeviceMemory.allocate(context, stored.bytes(out, in))) {
            copy(matrices, stored, rows.address());
            if (format.isScaled()) {
                stream.fill(memory.address(), (byte) 0, memory.bytes());
                call.of(kernels.get("quantise_%s_%s".formatted(format.code(), stored.code())))
                        .with(rows.address())
                        .with(memory.address())
                        .with(scales)
                        .with(out)
                        .with(in)
                        .launch(Grid.of(BLOCKS, THREADS));
            } else {
                call.of(kernels.get("convert_%s_%s".formatted(stored.code(), format.code())))
                        .with(rows.address())
                        .with(memory.address())
                        .with((long) out * in)
                        .launch(Grid.of(BLOCKS, THREADS));
            }
            stream.synchronize();
        }
    }

    private static long aligned(long bytes) {
        return Math.ceilDiv(bytes, ALIGNMENT) * ALIGNMENT;
    }

    @Override
    public void close() {
        stream.close();
    }
}
