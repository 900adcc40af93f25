package io.consort.runtime.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DeviationTest {

    @Test
    void theToleranceGrowsWithTheExpectedValue() {
        assertThat(deviation(1000.9f, 1000).isWithinTolerance()).isTrue();
        assertThat(deviation(1001.1f, 1000).isWithinTolerance()).isFalse();
        assertThat(deviation(0.0009f, 0).isWithinTolerance()).isTrue();
        assertThat(deviation(0.0011f, 0).isWithinTolerance()).isFalse();
    }

    @Test
    void aValueThatIsNotANumberIsNeverWithinTolerance() {
        assertThat(deviation(Float.NaN, 0).isNaN()).isTrue();
        assertThat(deviation(Float.NaN, 0).isWithinTolerance()).isFalse();
        assertThat(deviation(Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY).isWithinTolerance())
                .isFalse();
        assertThat(deviation(0, Float.NaN).isWithinTolerance()).isFalse();
    }

    @Test
    void theWorstPlaceIsNamed() {
        Deviation deviation =
                Deviation.between(
                        "x", new float[] {0, 0, 0, 2, 0, 1}, new float[] {0, 0, 0, 0, 0, 0}, 2);
        assertThat(deviation.row()).isEqualTo(1);
        assertThat(deviation.column()).isEqualTo(1);
        assertThat(deviation.largest()).isEqualTo(2);
    }

    @Test
    void missingValuesAreNotCompared() {
        assertThatThrownBy(() -> Deviation.between("x", new float[3], new float[4], 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 values, but 4");
    }

    private static Deviation deviation(float actual, float expected) {
        return Deviation.between("x", new float[] {actual}, new float[] {expected}, 1);
    }
}
