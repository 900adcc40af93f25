package io.consort.router.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CalibrationTest {

    private final List<double[]> logits = new ArrayList<>();
    private final List<Integer> labels = new ArrayList<>();

    @Test
    void oneTemperatureIsEnoughWhereAllCategoriesAreOverconfidentAlike() {
        draw(new double[] {3, 3, 3}, new double[3]);
        Calibration calibration = Calibration.fit(logits, labels, 3);
        assertThat(calibration.isByCategory()).isFalse();
        assertThat(calibration.scales()[0]).isCloseTo(1 / 3.0, within(0.04));
    }

    @Test
    void aCategoryThatIsAlwaysTooConfidentIsHeldBackAlone() {
        draw(new double[] {3, 3, 3}, new double[] {4, 0, 0});
        Calibration calibration = Calibration.fit(logits, labels, 3);
        assertThat(calibration.isByCategory()).isTrue();
        assertThat(calibration.shifts()[0]).isLessThan(-0.5);
        assertThat(calibration.loss(logits, labels))
                .isLessThan(
                        Calibration.temperature(3, Temperature.fit(logits, labels))
                                .loss(logits, labels));
    }

    @Test
    void withoutHeldOutExamplesTheLogitsAreBelieved() {
        double[] probabilities =
                Calibration.fit(List.of(), List.of(), 2).probabilities(new double[] {0, 0});
        assertThat(probabilities).containsExactly(0.5, 0.5);
    }

    @Test
    void oneMoreCategoryIsCalibratedAsTheOthersAre() {
        Calibration extended = Calibration.temperature(2, 4).extended();
        assertThat(extended.scales()).containsExactly(0.25, 0.25, 0.25);
        assertThat(extended.shifts()).containsExactly(0, 0, 0);
    }

    /** Labels drawn from honest logits, which are then scaled and shifted. */
    private void draw(double[] scales, double[] shifts) {
        Random random = new Random(5);
        for (int i = 0; i < 3_000; i++) {
            double[] honest = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
            double[] probabilities = Softmax.probabilities(honest, 3, 1);
            double drawn = random.nextDouble();
            int label = 0;
            while (label < 2 && drawn >= probabilities[label]) {
                drawn -= probabilities[label];
                label++;
            }
            labels.add(label);
            double[] seen = new double[3];
            for (int j = 0; j < 3; j++) {
                seen[j] = scales[j] * honest[j] + shifts[j];
            }
            logits.add(seen);
        }
    }
}
