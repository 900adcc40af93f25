package io.consort.runtime.backend.cpu;

import static io.consort.runtime.backend.KvStore.BLOCK;
import static io.consort.runtime.backend.cpu.Floats.LANES;
import static io.consort.runtime.backend.cpu.Floats.SPECIES;

import io.consort.runtime.backend.AttentionRule;
import io.consort.runtime.backend.Heads;
import io.consort.runtime.backend.Step;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** Attention of the rows of one layer to the blocks of their sequences. */
record AttentionPass(
        float[] queries, CpuKvStore store, int layer, Heads heads, AttentionRule rule) {

    /** Stores the keys and values of packed rows at their positions. */
    void keep(Step.Span span) {
        int size = heads.size();
        float[] keys = store.keys(layer);
        float[] values = store.values(layer);
        for (int i = 0; i < span.rows(); i++) {
            int position = span.start() + i;
            int block = span.blocks()[position / BLOCK];
            int slot = position % BLOCK;
            int key = (span.firstRow() + i) * heads.width() + heads.queryWidth();
            int value = key + heads.keyValueWidth();
            for (int head = 0; head < heads.keyValue(); head++) {
                int base = store.offset(block, head);
                for (int d = 0; d < size; d++) {
                    keys[base + d * BLOCK + slot] = queries[key + head * size + d];
                }
                System.arraycopy(queries, value + head * size, values, base + slot * size, size);
            }
        }
    }

    /** Floats of scratch that {@link #attend} needs for a position. */
    static int scratchFor(int position) {
        return (position / BLOCK + 1) * BLOCK;
    }

    /**
     * Mixes the values that one query head of one row sees.
     *
     * @param scores scratch
     * @param mixed receives the head's values from {@code to}
     */
    void attend(Step.Span span, int row, int head, float[] scores, float[] mixed, int to) {
        int position = span.start() + row - span.firstRow();
        int first = rule.firstVisible(position);
        int keyHead = head / heads.group();
        int query = row * heads.width() + head * heads.size();
        int start = first / BLOCK * BLOCK;
        int size = scratchFor(position) - start;
        for (int at = 0; at < size; at += BLOCK) {
            int block = span.blocks()[(start + at) / BLOCK];
            score(query, store.keys(layer), store.offset(block, keyHead), scores, at);
        }
        if (rule.cap().isPresent()) {
            Floats.softCap(scores, size, (float) rule.cap().getAsDouble());
        }
        Arrays.fill(scores, 0, first - start, Float.NEGATIVE_INFINITY);
        Arrays.fill(scores, position + 1 - start, size, Float.NEGATIVE_INFINITY);
        float sum = Floats.expAndSum(scores, size);
        Arrays.fill(mixed, to, to + heads.size(), 0);
        for (int at = 0; at < size; at += BLOCK) {
            int block = span.blocks()[(start + at) / BLOCK];
            int from = Math.max(first - start - at, 0);
            int end = Math.min(position + 1 - start - at, BLOCK);
            mix(scores, at, from, end, store.offset(block, keyHead), mixed, to);
        }
        Floats.scale(mixed, to, heads.size(), 1 / sum);
    }

    /** Scaled products of a query with the sixteen keys of a block, in four chains of additions. */
    private void score(int query, float[] keys, int base, float[] scores, int at) {
        int size = heads.size();
        for (int lane = 0; lane < BLOCK; lane += LANES) {
            FloatVector sum0 = FloatVector.zero(SPECIES);
            FloatVector sum1 = sum0;
            FloatVector sum2 = sum0;
            FloatVector sum3 = sum0;
            int place = base + lane;
            int d = 0;
            for (; d + 4 <= size; d += 4) {
                sum0 = vector(keys, place + d * BLOCK).fma(query(query + d), sum0);
                sum1 = vector(keys, place + (d + 1) * BLOCK).fma(query(query + d + 1), sum1);
                sum2 = vector(keys, place + (d + 2) * BLOCK).fma(query(query + d + 2), sum2);
                sum3 = vector(keys, place + (d + 3) * BLOCK).fma(query(query + d + 3), sum3);
            }
            for (; d < size; d++) {
                sum0 = vector(keys, place + d * BLOCK).fma(query(query + d), sum0);
            }
            sum0.add(sum1).add(sum2.add(sum3)).mul(rule.scale()).intoArray(scores, at + lane);
        }
    }

    private static FloatVector vector(float[] array, int at) {
        return FloatVector.fromArray(SPECIES, array, at);
    }

    private FloatVector query(int at) {
        return FloatVector.broadcast(SPECIES, queries[at]);
    }

    /** Adds the values of some of a block's positions, each times its weight. */
    private void mix(float[] weights, int at, int from, int end, int base, float[] mixed, int to) {
        int size = heads.size();
        float[] values = store.values(layer);
        int d = 0;
        for (; d + 2 * LANES <= size; d += 2 * LANES) {
            FloatVector left = FloatVector.fromArray(SPECIES, mixed, to + d);
            FloatVector right = FloatVector.fromArray(SPECIES, mixed, to + d + LANES);
            FloatVector nextLeft = FloatVector.zero(SPECIES);
            FloatVector nextRight = nextLeft;
            int slot = from;
            for (; slot + 2 <= end; slot += 2) {
                int place = base + slot * size + d;
                FloatVector weight = FloatVector.broadcast(SPECIES, weights[at + slot]);
                FloatVector nextWeight = FloatVector.broadcast(SPECIES, weights[at + slot + 1]);
                left = vector(values, place).fma(weight, left);
                right = vector(values, place + LANES).fma(weight, right);
                nextLeft = vector(values, place + size).fma(nextWeight, nextLeft);
                nextRight = vector(values, place + size + LANES).fma(nextWeight, nextRight);
            }
            if (slot < end) {
                int place = base + slot * size + d;
                FloatVector weight = FloatVector.broadcast(SPECIES, weights[at + slot]);
                left = vector(values, place).fma(weight, left);
                right = vector(values, place + LANES).fma(weight, right);
            }
            left.add(nextLeft).intoArray(mixed, to + d);
            right.add(nextRight).intoArray(mixed, to + d + LANES);
        }
        for (; d < size; d++) {
            for (int slot = from; slot < end; slot++) {
                mixed[to + d] += weights[at + slot] * values[base + slot * size + d];
            }
        }
    }
}
