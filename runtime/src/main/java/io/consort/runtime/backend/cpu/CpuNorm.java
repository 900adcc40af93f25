package io.consort.runtime.backend.cpu;

import io.consort.runtime.backend.Norm;

/** A root-mean-square norm. */
record CpuNorm(float[] weight, float epsilon) implements Norm {

    @Override
    public int size() {
        return weight.length;
    }

    /** Writes {@code x / rms(x) * weight}; source and target may be the same place. */
    void apply(float[] x, int from, float[] target, int to) {
        int size = weight.length;
        float meanSquare = Floats.dot(x, from, x, from, size) / size;
        float scale = (float) (1 / Math.sqrt(meanSquare + epsilon));
        Floats.scaledProduct(x, from, weight, scale, target, to);
    }
}
