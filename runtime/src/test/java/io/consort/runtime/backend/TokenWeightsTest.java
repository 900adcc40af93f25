package io.consort.runtime.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TokenWeightsTest {

    @Test
    void weightsAreThePowersOfTheirDistances() {
        for (int distance = 0; distance < TokenWeights.END / 4; distance += 9_973) {
            double expected = TokenWeights.ONE * Math.pow(2, -distance * 0x1p-25);
            assertThat(TokenWeights.weight(distance) / expected).isCloseTo(1, within(1e-6));
        }
        assertThat(TokenWeights.weight(0)).isEqualTo(TokenWeights.ONE);
        assertThat(TokenWeights.weight(39 << 25)).isEqualTo(2);
    }

    @Test
    void distancesCountHalvingsAtATemperature() {
        float factor = TokenWeights.factor(0.5);
        int distance = TokenWeights.distance(3, 3 - (float) Math.log(2), factor);

        assertThat(distance * 0x1p-25).isCloseTo(2, within(1e-6));
        assertThat(TokenWeights.distance(3, 3, factor)).isZero();
        assertThat(TokenWeights.distance(3, -12, factor)).isEqualTo(TokenWeights.NEVER);
    }

    @Test
    void extremeTemperaturesKeepTheMostProbableTokenAndNothingImpossible() {
        for (double temperature : new double[] {Double.MIN_VALUE, 1e-300, 1, 1e300}) {
            float factor = TokenWeights.factor(temperature);
            assertThat(TokenWeights.distance(7, 7, factor)).isZero();
            assertThat(TokenWeights.distance(7, Float.NEGATIVE_INFINITY, factor))
                    .isEqualTo(TokenWeights.NEVER);
        }
    }

    @Test
    void settingsOutsideTheirRangesAreRefused() {
        assertThatThrownBy(() -> new Draw(0, Draw.ALL, 1, 1)).hasMessageContaining("temperature");
        assertThatThrownBy(() -> new Draw(1, 0, 1, 1)).hasMessageContaining("topK");
        assertThatThrownBy(() -> new Draw(1, 5, Double.NaN, 1)).hasMessageContaining("topP");
    }
}
