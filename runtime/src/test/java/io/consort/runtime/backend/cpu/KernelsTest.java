package io.consort.runtime.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class KernelsTest {

    private final Random random = new Random(5);

    @Test
    void everyHalfPrecisionNumberIsExpandedExactly() {
        int count = 1 << 16;
        short[] halves = new short[count];
        for (int i = 0; i < count; i++) {
            halves[i] = (short) i;
        }
        float[] floats = new float[count];
        new F16().expand(halves, 0, count, floats, 0);
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

    @Test
    void sumsAreThoseOfSingleVectors() {
        float[] lanes = randoms(8 * Floats.LANES);
        float[] sums = new float[10];
        Sums.reduce(lanes, 0, sums, 1);
        Sums.reduce(lanes, 4 * Floats.LANES, sums, 5);
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

    private float[] randoms(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
