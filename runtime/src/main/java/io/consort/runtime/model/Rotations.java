package io.consort.runtime.model;

import io.consort.runtime.backend.Rotation;
import io.consort.runtime.backend.Step;
import java.util.IdentityHashMap;

/** The angles of one step, computed once for each kind of rotary settings. */
final class Rotations {

    private final Step step;
    private final IdentityHashMap<RopeSettings, Rotation> computed = new IdentityHashMap<>(2);

    Rotations(Step step) {
        this.step = step;
    }

    Rotation of(RopeSettings rope) {
        return computed.computeIfAbsent(rope, this::compute);
    }

    private Rotation compute(RopeSettings rope) {
        int pairs = rope.dimensions() / 2;
        float[] cosines = new float[step.rows() * pairs];
        float[] sines = new float[step.rows() * pairs];
        float scale = rope.attentionFactor();
        for (Step.Span span : step.spans()) {
            float[] frequencies = rope.frequencies(span.rotaryLength());
            for (int row = 0; row < span.rows(); row++) {
                int offset = (span.firstRow() + row) * pairs;
                for (int pair = 0; pair < pairs; pair++) {
                    float angle = frequencies[pair] * (span.start() + row);
                    cosines[offset + pair] = (float) Math.cos(angle) * scale;
                    sines[offset + pair] = (float) Math.sin(angle) * scale;
                }
            }
        }
        return new Rotation(rope.dimensions(), cosines, sines);
    }
}
