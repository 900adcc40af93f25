package io.consort.runtime.model;

import io.consort.runtime.backend.Rotation;
import java.util.List;

/**
 * Rotary position embedding (Su et al. 2021) in the half-split layout: dimension {@code i} of a head
 * is rotated with dimension {@code i + dimensions / 2}.
 *
 * @param theta base of the wavelengths
 * @param dimensions leading values of a head that are rotated, even
 */
public record RopeSettings(double theta, int dimensions, RopeScaling scaling) implements Rotation {

    /**
     * Radians per position for each rotated pair, in float32 arithmetic as the reference computes
     * them.
     *
     * @param sequenceLength positions of the sequence once the step is done
     */
    @Override
    public float[] frequencies(int sequenceLength) {
        return switch (scaling) {
            case RopeScaling.None _ -> plain(theta);
            case RopeScaling.Linear linear -> divided(plain(theta), linear.factor());
            case RopeScaling.Dynamic dynamic -> plain(stretchedTheta(dynamic, sequenceLength));
            case RopeScaling.Llama3 llama3 -> blended(llama3);
            case RopeScaling.Yarn yarn -> blended(yarn);
            case RopeScaling.LongRope longRope ->
                    sequenceLength > longRope.originalContext()
                            ? divided(longRope.longFactors())
                            : divided(longRope.shortFactors());
        };
    }

    /** What cosines and sines are multiplied by. */
    @Override
    public float attentionFactor() {
        return switch (scaling) {
            case RopeScaling.None _ -> 1;
            case RopeScaling.Linear _ -> 1;
            case RopeScaling.Dynamic _ -> 1;
            case RopeScaling.Llama3 _ -> 1;
            case RopeScaling.Yarn yarn -> (float) yarn.attentionFactor();
            case RopeScaling.LongRope longRope -> (float) longRope.attentionFactor();
        };
    }

    /** Whether {@link #frequencies} depends on the length. */
    @Override
    public boolean dependsOnLength() {
        return scaling instanceof RopeScaling.Dynamic
                || (scaling instanceof RopeScaling.LongRope longRope
                        && !longRope.shortFactors().equals(longRope.longFactors()));
    }

    /**
     * A number that is equal for lengths with equal {@link #frequencies} and never falls when the
     * length grows.
     */
    long regime(int sequenceLength) {
        return switch (scaling) {
            case RopeScaling.Dynamic dynamic -> Math.max(sequenceLength, dynamic.context());
            case RopeScaling.LongRope longRope ->
                    sequenceLength > longRope.originalContext() ? 1 : 0;
            case RopeScaling.None _,
                    RopeScaling.Linear _,
                    RopeScaling.Llama3 _,
                    RopeScaling.Yarn _ ->
                    0;
        };
    }

    private float power(double base, int pair) {
        return (float) Math.pow(base, (float) (2 * pair) / dimensions);
    }

    private float[] plain(double base) {
        float[] frequencies = new float[dimensions / 2];
        for (int i = 0; i < frequencies.length; i++) {
            frequencies[i] = 1 / power(base, i);
        }
        return frequencies;
    }

    private static float[] divided(float[] frequencies, double factor) {
        for (int i = 0; i < frequencies.length; i++) {
            frequencies[i] /= (float) factor;
        }
        return frequencies;
    }

    private float[] divided(List<Double> factors) {
        float[] frequencies = new float[dimensions / 2];
        for (int i = 0; i < frequencies.length; i++) {
            frequencies[i] = 1 / (factors.get(i).floatValue() * power(theta, i));
        }
        return frequencies;
    }

    private double stretchedTheta(RopeScaling.Dynamic dynamic, int sequenceLength) {
        double context = dynamic.context();
        double length = Math.max(sequenceLength, context);
        double growth = dynamic.factor() * length / context - (dynamic.factor() - 1);
        return theta * Math.pow(growth, dimensions / (dimensions - 2.0));
    }

    private float[] blended(RopeScaling.Llama3 llama3) {
        float[] frequencies = plain(theta);
        double longest = llama3.originalContext() / llama3.lowFactor();
        double shortest = llama3.originalContext() / llama3.highFactor();
        for (int i = 0; i < frequencies.length; i++) {
            float frequency = frequencies[i];
            double wavelength = 2 * Math.PI / frequency;
            if (wavelength > longest) {
                frequencies[i] = (float) (frequency / llama3.factor());
            } else if (wavelength >= shortest) {
                double smooth =
                        (llama3.originalContext() / wavelength - llama3.lowFactor())
                                / (llama3.highFactor() - llama3.lowFactor());
                frequencies[i] =
                        (float) ((1 - smooth) * frequency / llama3.factor() + smooth * frequency);
            }
        }
        return frequencies;
    }

    private float[] blended(RopeScaling.Yarn yarn) {
        double low = dimensionOf(yarn.betaFast(), yarn.originalContext());
        double high = dimensionOf(yarn.betaSlow(), yarn.originalContext());
        if (yarn.truncate()) {
            low = Math.floor(low);
            high = Math.ceil(high);
        }
        low = Math.max(low, 0);
        high = Math.min(high, dimensions - 1);
        if (low == high) {
            high += 0.001;
        }
        float[] frequencies = new float[dimensions / 2];
        for (int i = 0; i < frequencies.length; i++) {
            double ramp = Math.clamp((i - low) / (high - low), 0.0, 1.0);
            double kept = 1.0 / power(theta, i);
            frequencies[i] = (float) (kept / yarn.factor() * ramp + kept * (1 - ramp));
        }
        return frequencies;
    }

    /** The dimension that turns so often within the original context. */
    private double dimensionOf(double turns, int originalContext) {
        return dimensions
                * Math.log(originalContext / (turns * 2 * Math.PI))
                / (2 * Math.log(theta));
    }
}
