package io.consort.runtime.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.runtime.weights.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Random;
import jdk.incubator.vector.FloatVector;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KernelsTest {

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int[] WIDTHS = {1, 7, 16, 31, 32, 50, 192};

    private final Random random = new Random(5);

    @ParameterizedTest
    @EnumSource(names = {"F32", "F16", "BF16"})
    void productsAgreeWithPlainArithmetic(DType type) {
        for (int in : WIDTHS) {
            try (Arena arena = Arena.ofConfined()) {
                int out = 11;
                float[] weights = new float[in * out];
                CpuLinear.Part part =
                        new CpuLinear.Part(type, stored(type, weights, arena), out, new float[0]);
                float[] x = randoms(in + 3);
                float[] y = new float[out + 2];
                float[] halves = new float[out * Floats.LANES];
                part.multiply(in, new Pairs().split(x, 3, in), halves, y, 2, 1, out);
                for (int row = 1; row < out; row++) {
                    double expected = 0;
                    for (int i = 0; i < in; i++) {
                        expected += (double) weights[row * in + i] * x[3 + i];
                    }
                    assertThat((double) y[2 + row]).isCloseTo(expected, Offset.offset(1e-4));
                }
                assertThat(y[2]).isZero();
            }
        }
    }

    @Test
    void everyHalfPrecisionNumberIsExpandedExactly() {
        try (Arena arena = Arena.ofConfined()) {
            int count = 1 << 16;
            MemorySegment halves = arena.allocate(2L * count);
            for (int i = 0; i < count; i++) {
                halves.set(SHORT, 2L * i, (short) i);
            }
            float[] floats = new float[count];
            F16.expand(halves, 0, count, floats);
            for (int i = 0; i < count; i++) {
                float expected = Float.float16ToFloat((short) i);
                if (Float.isNaN(expected)) {
                    assertThat(floats[i]).isNaN();
                } else {
                    assertThat(Float.floatToRawIntBits(floats[i]))
                            .isEqualTo(Float.floatToRawIntBits(expected));
                }
            }
        }
    }

    @Test
    void columnsAgreeWithSingleProducts() {
        Columns columns = new Columns();
        float[] products = new float[Columns.ROWS * Columns.GROUP];
        for (int in : WIDTHS) {
            for (int count : new int[] {1, 16, 31, 32, 33, 70}) {
                float[] w = randoms(in * Columns.ROWS);
                float[] x = randoms(in * count);
                float[] y = new float[count * 9];
                columns.lay(x, count, in).multiply(w, Columns.ROWS, products, y, 2, 9);
                for (int vector = 0; vector < count; vector++) {
                    for (int row = 0; row < Columns.ROWS; row++) {
                        float expected = Floats.dot(w, row * in, x, vector * in, in);
                        assertThat(y[vector * 9 + 2 + row])
                                .isCloseTo(expected, Offset.offset(1e-4f));
                    }
                }
            }
        }
    }

    @Test
    void sumsAreThoseOfSingleVectors() {
        float[] lanes = randoms(8 * Floats.LANES);
        float[] halves = new float[4 * Floats.LANES];
        for (int pair = 0; pair < 4; pair++) {
            int from = 2 * pair * Floats.LANES;
            Sums.halves(
                            FloatVector.fromArray(Floats.SPECIES, lanes, from),
                            FloatVector.fromArray(Floats.SPECIES, lanes, from + Floats.LANES))
                    .intoArray(halves, pair * Floats.LANES);
        }
        float[] sums = new float[10];
        Sums.reduce(halves, 8, sums, 1);
        for (int row = 0; row < 8; row++) {
            double expected = 0;
            for (int lane = 0; lane < Floats.LANES; lane++) {
                expected += lanes[row * Floats.LANES + lane];
            }
            assertThat((double) sums[1 + row]).isCloseTo(expected, Offset.offset(1e-5));
        }
        assertThat(sums[0]).isZero();
        assertThat(sums[9]).isZero();
    }

    /** Stores random numbers, and writes back what the stored type keeps of them. */
    private MemorySegment stored(DType type, float[] values, Arena arena) {
        MemorySegment segment = arena.allocate(type.bytes(values.length) + 1).asSlice(1);
        for (int i = 0; i < values.length; i++) {
            float value = (float) random.nextGaussian();
            switch (type) {
                case BF16 -> {
                    short bits = (short) (Float.floatToRawIntBits(value) >>> 16);
                    segment.set(SHORT, 2L * i, bits);
                    values[i] = Float.intBitsToFloat(bits << 16);
                }
                case F16 -> {
                    segment.set(SHORT, 2L * i, Float.floatToFloat16(value));
                    values[i] = Float.float16ToFloat(Float.floatToFloat16(value));
                }
                default -> {
                    segment.set(FLOAT, 4L * i, value);
                    values[i] = value;
                }
            }
        }
        return segment;
    }

    private float[] randoms(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
