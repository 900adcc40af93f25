package io.consort.runtime.bench;

import io.consort.runtime.backend.Choice;
import io.consort.runtime.backend.Draw;
import io.consort.runtime.model.Batch;
import io.consort.runtime.model.DecoderModel;
import io.consort.runtime.model.KvCache;
import io.consort.runtime.model.KvSequence;
import io.consort.runtime.model.Pass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Measures one model on a device. Every figure is the median of several runs. */
final class GpuModelBench {

    private static final int RUNS = 5;
    private static final List<Choice> GREEDY = List.of(Choice.GREEDY);

    private final DecoderModel model;

    GpuModelBench(DecoderModel model) {
        this.model = model;
    }

    /** Seconds of a step in which so many sequences get their most probable token, at growing contexts. */
    double decode(int sequences, int context, int tokens) {
        return decode(sequences, context, tokens, Optional.empty());
    }

    /** The same with tokens that are drawn. */
    double decode(int sequences, int context, int tokens, Draw draw) {
        return decode(sequences, context, tokens, Optional.of(draw));
    }

    private double decode(int sequences, int context, int tokens, Optional<Draw> draw) {
        int blocks = sequences * KvCache.blocksFor(context + tokens);
        List<KvSequence> open = new ArrayList<>();
        try (KvCache cache = model.newCache(blocks)) {
            int[] next = new int[sequences];
            for (int i = 0; i < sequences; i++) {
                KvSequence sequence = cache.open();
                sequence.reserve(context + tokens);
                open.add(sequence);
                run(cache, List.of(part(sequence, prompt(context, i))), GREEDY);
            }
            double[] seconds = new double[RUNS];
            for (int run = -1; run < RUNS; run++) {
                for (KvSequence sequence : open) {
                    sequence.truncate(context);
                    sequence.reserve(tokens);
                }
                long begin = System.nanoTime();
                for (int token = 0; token < tokens; token++) {
                    Choice choice = new Choice(draw, token, false);
                    next = step(cache, open, next, Collections.nCopies(sequences, choice));
                }
                if (run >= 0) {
                    seconds[run] = (System.nanoTime() - begin) / 1e9 / tokens;
                }
            }
            open.forEach(KvSequence::close);
            return median(seconds);
        }
    }

    /** Seconds until the first token of a prompt. */
    double prefill(int tokens) {
        try (KvCache cache = model.newCache(KvCache.blocksFor(tokens));
                KvSequence sequence = cache.open()) {
            double[] seconds = new double[RUNS];
            for (int run = -1; run < RUNS; run++) {
                sequence.truncate(0);
                sequence.reserve(tokens);
                long begin = System.nanoTime();
                run(cache, List.of(part(sequence, prompt(tokens, run))), GREEDY);
                if (run >= 0) {
                    seconds[run] = (System.nanoTime() - begin) / 1e9;
                }
            }
            return median(seconds);
        }
    }

    private int[] step(
            KvCache cache, List<KvSequence> sequences, int[] tokens, List<Choice> choices) {
        List<Batch.Part> parts = new ArrayList<>(tokens.length);
        for (int i = 0; i < tokens.length; i++) {
            parts.add(part(sequences.get(i), new int[] {tokens[i]}));
        }
        return run(cache, parts, choices);
    }

    private int[] run(KvCache cache, List<Batch.Part> parts, List<Choice> choices) {
        try (Pass pass = model.begin(new Batch(parts), cache)) {
            pass.runTo(model.config().layers());
            return pass.finishChoosing(choices).tokens();
        }
    }

    private static Batch.Part part(KvSequence sequence, int[] tokens) {
        return new Batch.Part(sequence, tokens, Batch.Wanted.LAST);
    }

    private int[] prompt(int size, int seed) {
        int[] tokens = new int[size];
        Arrays.setAll(tokens, i -> (31 * i + 101 * (seed + 1)) % model.config().vocabulary());
        return tokens;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
