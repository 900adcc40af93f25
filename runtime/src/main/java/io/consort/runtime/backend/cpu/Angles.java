package io.consort.runtime.backend.cpu;

import io.consort.runtime.backend.Rotation;
import io.consort.runtime.backend.Step;
import java.util.IdentityHashMap;

/** The angles of one step, computed once for each kind of rotation. */
final class Angles {

    /**
     * Of every row of a step.
     *
     * @param pairs rotated pairs of a head
     * @param cosines row after row, {@code pairs} each
     * @param sines likewise
     */
    record Turns(int pairs, float[] cosines, float[] sines) {}

    private final Step step;
    private final IdentityHashMap<Rotation, Turns> computed = new IdentityHashMap<>(2);

    Angles(Step step) {
        this.step = step;
    }

    Turns of(Rotation rotation) {
        return computed.computeIfAbsent(rotation, this::compute);
    }

    private Turns compute(Rotation rotation) {
        int pairs = rotation.dimensions() / 2;
        float[] cosines = new float[step.rows() * pairs];
        float[] sines = new float[step.rows() * pairs];
        float scale = rotation.attentionFactor();
        for (Step.Span span : step.spans()) {
            float[] frequencies = rotation.frequencies(span.rotaryLength());
            for (int row = 0; row < span.rows(); row++) {
                int offset = (span.firstRow() + row) * pairs;
                for (int pair = 0; pair < pairs; pair++) {
                    float angle = frequencies[pair] * (span.start() + row);
                    cosines[offset + pair] = (float) Math.cos(angle) * scale;
                    sines[offset + pair] = (float) Math.sin(angle) * scale;
                }
            }
        }
        return new Turns(pairs, cosines, sines);
    }
}
