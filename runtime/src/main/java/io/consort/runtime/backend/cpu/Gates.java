package io.consort.runtime.backend.cpu;

import static io.consort.runtime.backend.cpu.Floats.LANES;
import static io.consort.runtime.backend.cpu.Floats.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Gated activations of one row: the gate's values, then the values that it gates. */
final class Gates {

    private static final float ROOT = (float) Math.sqrt(2 / Math.PI);
    private static final float CUBIC = 0.044715f;

    private Gates() {}

    static void silu(float[] source, int from, int width, float[] target, int to) {
        int bound = SPECIES.loopBound(width);
        for (int i = 0; i < bound; i += LANES) {
            FloatVector gate = FloatVector.fromArray(SPECIES, source, from + i);
            FloatVector up = FloatVector.fromArray(SPECIES, source, from + width + i);
            FloatVector odds = gate.neg().lanewise(VectorOperators.EXP);
            gate.div(odds.add(1)).mul(up).intoArray(target, to + i);
        }
        for (int i = bound; i < width; i++) {
            float gate = source[from + i];
            target[to + i] = (float) (gate / (1 + Math.exp(-gate))) * source[from + width + i];
        }
    }

    static void geluTanh(float[] source, int from, int width, float[] target, int to) {
        int bound = SPECIES.loopBound(width);
        for (int i = 0; i < bound; i += LANES) {
            FloatVector gate = FloatVector.fromArray(SPECIES, source, from + i);
            FloatVector up = FloatVector.fromArray(SPECIES, source, from + width + i);
            FloatVector inner = gate.mul(gate).mul(CUBIC).add(1).mul(gate).mul(ROOT);
            FloatVector outer = inner.lanewise(VectorOperators.TANH).add(1).mul(0.5f);
            gate.mul(outer).mul(up).intoArray(target, to + i);
        }
        for (int i = bound; i < width; i++) {
            float gate = source[from + i];
            double inner = ROOT * (gate + CUBIC * gate * gate * gate);
            target[to + i] =
                    (float) (0.5 * gate * (1 + Math.tanh(inner))) * source[from + width + i];
        }
    }
}
