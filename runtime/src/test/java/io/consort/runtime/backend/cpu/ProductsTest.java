package io.consort.runtime.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.runtime.weights.DType;
import io.consort.runtime.weights.block.Codec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProductsTest {

    private static final int[] WIDTHS = {1, 7, 16, 31, 32, 50, 64, 192, 256, 1024, 1280, 2304};
    private static final int[] COUNTS = {1, 2, 3, 4, 5, 8, 13, 16, 17, 128, 130};

    private final Random random = new Random(5);

    @ParameterizedTest
    @EnumSource(names = {"F32", "F16", "BF16", "Q8_0", "Q4_0", "Q4_K", "Q6_K"})
    void everyShapeAgreesWithPlainArithmetic(DType type) {
        for (int in : WIDTHS) {
            if (in % type.blockSize() == 0) {
                for (int count : COUNTS) {
                    compare(type, in, 1 + random.nextInt(in > 1000 ? 20 : 150), count);
                }
            }
        }
    }

    private void compare(DType type, int in, int out, int count) {
        try (Arena arena = Arena.ofShared();
                Workers workers = new Workers(2)) {
            float[] weights = new float[in * out];
            CpuLinear matrix = matrix(type, in, weights, arena);
            float[] x = randoms(in * count);
            float[] y = multiply(workers, matrix, x, count);
            for (int vector = 0; vector < count; vector++) {
                for (int row = 0; row < out; row++) {
                    double expected = 0;
                    for (int i = 0; i < in; i++) {
                        expected += (double) weights[row * in + i] * x[vector * in + i];
                    }
                    assertThat((double) y[vector * (out + 3) + row])
                            .as("%s, %d columns, %d vectors, row %d", type, in, count, row)
                            .isCloseTo(expected, Offset.offset(1e-5 * Math.max(8, in)));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F16", "BF16", "Q8_0", "Q4_0", "Q4_K", "Q6_K"})
    void aRowDoesNotDependOnItsCompany(DType type) {
        try (Arena arena = Arena.ofShared();
                Workers workers = new Workers(2)) {
            int in = 2304;
            int out = 37;
            CpuLinear matrix = matrix(type, in, new float[in * out], arena);
            float[] x = randoms(in * 140);
            float[] together = multiply(workers, matrix, x, 140);
            for (int vector : new int[] {0, 3, 127, 128, 139}) {
                float[] own = Arrays.copyOfRange(x, vector * in, (vector + 1) * in);
                float[] alone = multiply(workers, matrix, own, 1);
                for (int row = 0; row < out + 3; row++) {
                    assertThat(together[vector * (out + 3) + row]).isEqualTo(alone[row]);
                }
            }
        }
    }

    @Test
    void matricesOfDifferentTypesAreStacked() {
        try (Arena arena = Arena.ofShared();
                Workers workers = new Workers(2)) {
            int in = 256;
            float[] first = new float[5 * in];
            float[] second = new float[6 * in];
            CpuLinear.Part one = matrix(DType.BF16, in, first, arena).parts().getFirst();
            CpuLinear.Part two = matrix(DType.Q6_K, in, second, arena).parts().getFirst();
            float[] bias = {1, 2, 3, 4, 5, 6};
            two = new CpuLinear.Part(two.format(), two.data(), 6, bias);
            float[] x = randoms(in);
            float[] y = multiply(workers, new CpuLinear(in, List.of(one, two)), x, 1);
            assertThat((double) y[4]).isCloseTo(plain(first, 4, x), Offset.offset(1e-3));
            assertThat((double) y[5]).isCloseTo(plain(second, 0, x) + 1, Offset.offset(1e-3));
            assertThat((double) y[10]).isCloseTo(plain(second, 5, x) + 6, Offset.offset(1e-3));
        }
    }

    private static double plain(float[] weights, int row, float[] x) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += (double) weights[row * x.length + i] * x[i];
        }
        return sum;
    }

    /** A matrix of random weights, without any alignment; writes back what the type keeps of them. */
    private CpuLinear matrix(DType type, int in, float[] weights, Arena arena) {
        Codec codec = type.codec().orElseThrow();
        MemorySegment segment = arena.allocate(type.bytes(weights.length) + 1).asSlice(1);
        float[] values = randoms(weights.length);
        for (int i = 0; i < weights.length; i += codec.size()) {
            codec.encode(values, i, segment, type.bytes(i));
            codec.decode(segment, type.bytes(i), weights, i);
        }
        int out = weights.length / in;
        return new CpuLinear(
                in, List.of(new CpuLinear.Part(WeightFormat.of(type), segment, out, new float[0])));
    }

    /** Products in rows that are three values longer, which stay zero. */
    private static float[] multiply(Workers workers, CpuLinear matrix, float[] x, int count) {
        CpuRows source = new CpuRows().shape(count, matrix.in());
        source.set(x);
        CpuRows target = new CpuRows().shape(count, matrix.out() + 3);
        new Products(workers).multiply(source, matrix, target);
        for (int vector = 0; vector < count; vector++) {
            int end = (vector + 1) * (matrix.out() + 3);
            assertThat(Arrays.copyOfRange(target.toArray(), end - 3, end)).containsExactly(0, 0, 0);
        }
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
