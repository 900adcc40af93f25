package io.consort.router.classify;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Made-up directions: every kind scatters around a centre of its own. */
final class Points {

    static final int WIDTH = 24;

    private final Random random;

    Points(long seed) {
        random = new Random(seed);
    }

    /** Directions around the centre of the kind with this number. */
    List<float[]> kind(int number, int count, double spread) {
        Random centre = new Random(1_000 + number);
        double[] middle = centre.doubles(WIDTH, -1, 1).toArray();
        List<float[]> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] point = new float[WIDTH];
            double squares = 0;
            for (int j = 0; j < WIDTH; j++) {
                point[j] = (float) (middle[j] + spread * random.nextGaussian());
                squares += point[j] * point[j];
            }
            for (int j = 0; j < WIDTH; j++) {
                point[j] /= (float) Math.sqrt(squares);
            }
            points.add(point);
        }
        return points;
    }
}
