package io.consort.runtime.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a model on made-up tokens so that its code is compiled, and its weights are in memory, before
 * the first request. Until then a step takes up to a hundred times as long. Confined to whoever may
 * run the model; it goes pass by pass, so that others can have it in between.
 */
public final class WarmUp implements AutoCloseable {

    private static final int PROMPT = 48;
    private static final int TOKENS = 64;
    private static final int SEQUENCES = 3;

    private final DecoderModel model;
    private final KvCache cache;
    private final List<KvSequence> sequences = new ArrayList<>();
    private long nanosLeft;
    private int passes;

    /**
     * A warm-up that has not begun.
     *
     * @param duration that all passes may take together
     */
    public WarmUp(DecoderModel model, Duration duration) {
        this.model = model;
        this.nanosLeft = duration.toNanos();
        this.cache = model.newCache(SEQUENCES * KvCache.blocksFor(PROMPT + TOKENS));
        for (int i = 0; i < SEQUENCES; i++) {
            sequences.add(cache.open());
        }
    }

    /** Warms a model up on the calling thread. */
    public static void run(DecoderModel model, Duration duration) {
        try (WarmUp warmUp = new WarmUp(model, duration)) {
            boolean more = true;
            while (more) {
                more = warmUp.step();
            }
        }
    }

    /**
     * Runs one pass: a prompt of each sequence, then single tokens of one and of all of them in turn,
     * then again.
     *
     * @return whether there is more to do
     */
    public boolean step() {
        long begin = System.nanoTime();
        int pass = passes++ % (SEQUENCES + TOKENS);
        if (pass < SEQUENCES) {
            KvSequence sequence = sequences.get(pass);
            sequence.truncate(0);
            sequence.reserve(PROMPT + TOKENS);
            model.forward(Batch.of(sequence, new int[PROMPT], Batch.Wanted.LAST), cache);
        } else {
            model.forward(singleTokens(pass % 2 == 0 ? sequences : sequences.subList(0, 1)), cache);
        }
        nanosLeft -= System.nanoTime() - begin;
        return nanosLeft > 0;
    }

    private static Batch singleTokens(List<KvSequence> sequences) {
        return new Batch(
                sequences.stream()
                        .map(sequence -> new Batch.Part(sequence, new int[1], Batch.Wanted.LAST))
                        .toList());
    }

    /** Frees what the warm-up takes; the model stays as it was. */
    @Override
    public void close() {
        sequences.forEach(KvSequence::close);
        cache.close();
    }
}
