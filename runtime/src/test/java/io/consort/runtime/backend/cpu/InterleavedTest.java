package io.consort.runtime.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.runtime.weights.DType;
import io.consort.runtime.weights.Tensor;
import io.consort.runtime.weights.block.Codec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class InterleavedTest {

    private static final ValueLayout.OfShort HALF =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final float LARGEST = 128;

    private final Random random = new Random(5);
    private final Arena arena = Arena.ofShared();
    private final Workers workers = new Workers(2);
    private final CpuBackend backend = new CpuBackend(2, Long.MAX_VALUE);

    @AfterEach
    void close() {
        backend.close();
        workers.close();
        arena.close();
    }

    @Test
    void onlyWholeSidesOfLongRegistersAndTwoFormatsAreInterleaved() {
        assertThat(Interleaved.rows(DType.Q4_0, 200, 16)).isEqualTo(192);
        assertThat(Interleaved.rows(DType.Q4_0, 200, 8)).isEqualTo(192);
        assertThat(Interleaved.rows(DType.Q4_0, 63, 16)).isZero();
        assertThat(Interleaved.rows(DType.Q4_0, 63, 8)).isEqualTo(32);
        assertThat(Interleaved.rows(DType.Q4_0, 200, 4)).isZero();
        assertThat(Interleaved.rows(DType.Q8_0, 200, 16)).isEqualTo(192);
        assertThat(Interleaved.rows(DType.Q4_K, 200, 16)).isZero();
        assertThat(Interleaved.rows(DType.BF16, 200, 16)).isZero();
    }

    @Test
    void everyScaleBelowTheLargestIsKeptExactly() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float scale = Float.float16ToFloat((short) bits);
            assertThat(Scales.canWrite((short) bits)).isEqualTo(Math.abs(scale) < LARGEST);
            if (Scales.canWrite((short) bits)) {
                int shifted = (Scales.of((short) bits) << Scales.SHIFT) & Scales.KEPT;
                float kept = Float.intBitsToFloat(shifted) * Scales.UNIT * Scales.UNIT;
                assertThat(Float.floatToIntBits(kept)).isEqualTo(Float.floatToIntBits(scale));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Q4_0, 32", "Q4_0, 64", "Q4_0, 96", "Q4_0, 256", "Q4_0, 1280", "Q4_0, 2304",
        "Q8_0, 32", "Q8_0, 64", "Q8_0, 96", "Q8_0, 256", "Q8_0, 1280", "Q8_0, 2304"
    })
    void productsAgreeWithPlainArithmetic(DType type, int in) {
        for (int count : new int[] {1, 2, 3, 4, 5, 8, 13, 16, 17, 128, 130}) {
            int out = 1 + random.nextInt(3 * Interleaved.ROWS);
            Tensor matrix = matrix(type, in, out);
            float[] weights = matrix.toFloats();
            float[] bias = randoms(out);
            float[] x = randoms(in * count);
            try (CpuLinear linear = linear(matrix, bias)) {
                float[] y = multiply(linear, x, count);
                for (int vector = 0; vector < count; vector++) {
                    for (int row = 0; row < out; row++) {
                        double expected = bias[row];
                        for (int i = 0; i < in; i++) {
                            expected += (double) weights[row * in + i] * x[vector * in + i];
                        }
                        assertThat((double) y[vector * out + row])
                                .as("%d columns, %d vectors, row %d of %d", in, count, row, out)
                                .isCloseTo(expected, Offset.offset(1e-5 * Math.max(8, in)));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"Q4_0", "Q8_0"})
    void aRowDoesNotDependOnItsCompany(DType type) {
        int in = 2304;
        int out = 3 * Interleaved.ROWS + 5;
        float[] x = randoms(in * 140);
        try (CpuLinear linear = linear(matrix(type, in, out), new float[0])) {
            float[] together = multiply(linear, x, 140);
            for (int vector : new int[] {0, 3, 127, 128, 139}) {
                float[] own = Arrays.copyOfRange(x, vector * in, (vector + 1) * in);
                float[] alone = multiply(linear, own, 1);
                assertThat(alone)
                        .isEqualTo(Arrays.copyOfRange(together, vector * out, (vector + 1) * out));
            }
        }
    }

    /** Scales of zero, and those that float16 keeps as subnormal numbers. */
    @ParameterizedTest
    @EnumSource(names = {"Q4_0", "Q8_0"})
    void smallScalesLoseNothing(DType type) {
        int in = 64;
        Tensor matrix = matrix(type, in, Interleaved.ROWS);
        for (int row = 0; row < Interleaved.ROWS; row++) {
            putScale(matrix, row, (short) (row == 0 ? 0 : row * 13));
        }
        float[] weights = matrix.toFloats();
        float[] x = new float[in];
        x[3] = 3;
        try (CpuLinear linear = linear(matrix, new float[0])) {
            float[] y = multiply(linear, x, 1);
            for (int row = 0; row < Interleaved.ROWS; row++) {
                assertThat(y[row]).isEqualTo(3 * weights[row * in + 3]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {128, -4096, Float.POSITIVE_INFINITY, Float.NaN})
    void aMatrixWithAScaleThatIsTooLargeIsComputedAsStored(float scale) {
        assumeInterleaved();
        Tensor matrix = matrix(DType.Q4_0, 64, Interleaved.ROWS);
        try (CpuLinear linear = linear(matrix, new float[0])) {
            assertThat(linear.parts()).allMatch(part -> part.copy().isPresent());
        }
        putScale(matrix, 17, Float.floatToFloat16(scale));
        try (CpuLinear linear = linear(matrix, new float[0])) {
            assertThat(linear.parts()).noneMatch(part -> part.copy().isPresent());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"Q4_0", "Q8_0"})
    void theCopyTakesWhatIsForeseen(DType type) {
        assumeInterleaved();
        Tensor matrix = matrix(type, 96, 2 * Interleaved.ROWS + 3);
        try (CpuLinear linear = linear(matrix, new float[0])) {
            Interleaved copy = linear.parts().getFirst().copy().orElseThrow();
            assertThat(copy.data().byteSize()).isEqualTo(backend.copiedBytes(matrix));
            assertThat(copy.data().byteSize()).isEqualTo(type.bytes(2L * Interleaved.ROWS * 96));
        }
        try (CpuLinear table = (CpuLinear) backend.table(matrix)) {
            assertThat(table.parts()).noneMatch(part -> part.copy().isPresent());
        }
    }

    private static void assumeInterleaved() {
        Assumptions.assumeTrue(
                Interleaved.rows(DType.Q4_0, Interleaved.ROWS) > 0,
                "this processor's registers are too short");
    }

    private CpuLinear linear(Tensor matrix, float[] bias) {
        if (bias.length == 0) {
            return (CpuLinear) backend.linear(List.of(matrix), List.of());
        }
        MemorySegment values = arena.allocate(DType.F32.bytes(bias.length));
        MemorySegment.copy(bias, 0, values, ValueLayout.JAVA_FLOAT, 0, bias.length);
        List<Long> shape = List.of((long) bias.length);
        return (CpuLinear)
                backend.linear(List.of(matrix), List.of(tensor(DType.F32, shape, values)));
    }

    private Tensor matrix(DType type, int in, int out) {
        Codec codec = type.codec().orElseThrow();
        float[] values = randoms(in * out);
        MemorySegment data = arena.allocate(type.bytes(values.length) + 1).asSlice(1);
        for (int i = 0; i < values.length; i += codec.size()) {
            codec.encode(values, i, data, type.bytes(i));
        }
        return tensor(type, List.of((long) out, (long) in), data);
    }

    private static Tensor tensor(DType type, List<Long> shape, MemorySegment data) {
        return new Tensor(Path.of("none"), OptionalLong.empty(), "w", type, shape, data);
    }

    /** Replaces the scale of a row's first block. */
    private static void putScale(Tensor matrix, int row, short half) {
        long place = matrix.type().bytes(row * matrix.shape().getLast());
        matrix.data().set(HALF, place, half);
    }

    private float[] multiply(CpuLinear linear, float[] x, int count) {
        CpuRows source = new CpuRows().shape(count, linear.in());
        source.set(x);
        CpuRows target = new CpuRows().shape(count, linear.out());
        new Products(workers).multiply(source, linear, target);
        return target.toArray();
    }

    private float[] randoms(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
