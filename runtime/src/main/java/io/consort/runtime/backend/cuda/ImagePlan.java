package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.cuda.driver.Stream;
import io.consort.runtime.backend.cuda.tiers.WeightImage;
import io.consort.runtime.backend.cuda.tiers.WeightImage.InFile;
import io.consort.runtime.backend.cuda.tiers.WeightImage.InMemory;
import io.consort.runtime.weights.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Lays a model's weights out from an address on, in the order in which they are asked for, and copies
 * none of them that lie in their file as they lie on the device. Used by one thread.
 */
final class ImagePlan {

    private static final long ALIGNMENT = 256;

    private final long base;
    private final Uploads uploads;
    private final List<WeightImage.Piece> pieces = new ArrayList<>();
    private final List<Long> ends = new ArrayList<>();
    private long used;

    /** @param uploads converts what lies otherwise in its file */
    ImagePlan(long base, Uploads uploads) {
        this.base = base;
        this.uploads = uploads;
    }

    /** What follows belongs to the next part. */
    void endPart() {
        ends.add(used);
    }

    CudaLinear linear(List<Tensor> matrices, List<Tensor> biases) {
        if (!uploads.copies(matrices)) {
            return converted(matrices, biases);
        }
        int in = Math.toIntExact(matrices.getFirst().shape().getLast());
        int out = matrices.stream().mapToInt(m -> Math.toIntExact(m.shape().getFirst())).sum();
        long weights = align();
        matrices.forEach(this::append);
        long bias = 0;
        if (!biases.isEmpty()) {
            bias = align();
            biases.forEach(vector -> append(vector.toFloats()));
        }
        Format format = Format.of(matrices.getFirst().type()).orElseThrow();
        return new CudaLinear(format, ImagePlan::nothing, weights, 0, bias, in, out);
    }

    CudaNorm norm(float[] values, float epsilon) {
        long address = align();
        append(values);
        return new CudaNorm(ImagePlan::nothing, address, values.length, epsilon);
    }

    /** Bytes of what is laid out so far. */
    long bytes() {
        return used;
    }

    /** The plan's end. */
    WeightImage image() {
        endPart();
        return new WeightImage(pieces, ends);
    }

    /** Converted on the device, brought back, and kept by the host from then on. */
    private CudaLinear converted(List<Tensor> matrices, List<Tensor> biases) {
        CudaLinear made = uploads.linear(matrices, biases);
        try {
            MemorySegment bytes = Arena.ofAuto().allocate(uploads.bytes(made), ALIGNMENT);
            Stream stream = uploads.stream();
            stream.copyToHost(bytes, made.weights());
            stream.synchronize();
            long moved = align() - made.weights();
            append(bytes);
            return new CudaLinear(
                    made.format(),
                    ImagePlan::nothing,
                    made.weights() + moved,
                    made.scales() == 0 ? 0 : made.scales() + moved,
                    made.bias() == 0 ? 0 : made.bias() + moved,
                    made.in(),
                    made.out());
        } finally {
            made.close();
        }
    }

    private long align() {
        used = Math.ceilDiv(used, ALIGNMENT) * ALIGNMENT;
        return base + used;
    }

    private void append(float[] values) {
        append(Arena.ofAuto().allocateFrom(ValueLayout.JAVA_FLOAT, values));
    }

    /** Read from its file, not through its mapping: memory is touched once, and no page is faulted. */
    private void append(Tensor matrix) {
        if (matrix.place().isEmpty()) {
            append(matrix.data());
            return;
        }
        long bytes = matrix.data().byteSize();
        pieces.add(new InFile(used, bytes, matrix.file(), matrix.place().getAsLong()));
        used += bytes;
    }

    private void append(MemorySegment bytes) {
        pieces.add(new InMemory(used, bytes));
        used += bytes.byteSize();
    }

    /** Nothing is to be given back: the memory is the tiers'. */
    private static void nothing() {}
}
