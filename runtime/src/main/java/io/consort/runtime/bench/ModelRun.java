package io.consort.runtime.bench;

import io.consort.runtime.backend.Backend;
import io.consort.runtime.model.Batch;
import io.consort.runtime.model.Checkpoint;
import io.consort.runtime.model.DecoderModel;
import io.consort.runtime.model.KvCache;
import io.consort.runtime.model.KvSequence;
import io.consort.runtime.model.Logits;
import io.consort.runtime.model.Models;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs a model of ours for a time. */
final class ModelRun implements Contender {

    private static final int TOKENS = 64;

    private final DecoderModel model;
    private final double seconds;
    private final int prompt;
    private final int context;
    private final KvCache cache;
    private final List<KvSequence> sequences = new ArrayList<>();

    /**
     * Loads a model.
     *
     * @param seconds how long a figure is measured, or one step or prompt when that takes longer
     */
    ModelRun(Checkpoint checkpoint, Backend backend, double seconds) {
        this.model = Models.load(checkpoint, backend);
        this.seconds = seconds;
        int longest = model.config().context();
        this.prompt = Math.min(PROMPT, longest);
        this.context = Math.min(CONTEXT, Math.max(1, longest - TOKENS));
        this.cache =
                model.newCache(
                        BATCH * KvCache.blocksFor(context + TOKENS) + KvCache.blocksFor(prompt));
        for (int i = 0; i < BATCH; i++) {
            KvSequence sequence = cache.open();
            sequence.reserve(context);
            model.forward(Batch.of(sequence, prompt(context, i), Batch.Wanted.NONE), cache);
            sequences.add(sequence);
        }
    }

    @Override
    public String name() {
        return "consort";
    }

    @Override
    public double decode(int count) {
        List<KvSequence> some = sequences.subList(0, count);
        int[] next = new int[count];
        long begin = System.nanoTime();
        int steps = 0;
        do {
            if (steps % TOKENS == 0) {
                for (KvSequence sequence : some) {
                    sequence.truncate(context);
                    sequence.reserve(TOKENS);
                }
            }
            step(some, next);
            steps++;
        } while (since(begin) < seconds);
        return count * steps / since(begin);
    }

    private void step(List<KvSequence> some, int[] next) {
        List<Batch.Part> parts = new ArrayList<>(next.length);
        for (int i = 0; i < next.length; i++) {
            parts.add(new Batch.Part(some.get(i), new int[] {next[i]}, Batch.Wanted.LAST));
        }
        Logits logits = model.forward(new Batch(parts), cache);
        for (int i = 0; i < next.length; i++) {
            next[i] = logits.argmax(i);
        }
    }

    @Override
    public double prefill() {
        int[] tokens = prompt(prompt, 0);
        sequences.forEach(sequence -> sequence.truncate(context));
        try (KvSequence sequence = cache.open()) {
            long begin = System.nanoTime();
            int runs = 0;
            do {
                sequence.truncate(0);
                sequence.reserve(prompt);
                model.forward(Batch.of(sequence, tokens, Batch.Wanted.LAST), cache);
                runs++;
            } while (since(begin) < seconds);
            return (double) runs * prompt / since(begin);
        }
    }

    private int[] prompt(int size, int seed) {
        int[] tokens = new int[size];
        Arrays.setAll(tokens, i -> (7 * i + 3 + seed) % model.config().vocabulary());
        return tokens;
    }

    private static double since(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    @Override
    public void close() {
        sequences.forEach(KvSequence::close);
        cache.close();
        model.close();
    }
}
