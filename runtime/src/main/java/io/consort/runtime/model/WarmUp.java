package io.consort.runtime.model;

import java.time.Duration;
import java.util.List;

/**
 * Runs a model on made-up tokens so that its code is compiled before the first request. Until then a
 * step takes up to a hundred times as long.
 */
public final class WarmUp {

    private static final int PROMPT = 48;
    private static final int TOKENS = 64;

    private WarmUp() {}

    /**
     * Runs prompts, single tokens and small batches for about as long as asked, on the calling
     * thread. Nobody else may use the model meanwhile.
     */
    public static void run(DecoderModel model, Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        int perSequence = KvCache.blocksFor(PROMPT + TOKENS);
        try (KvCache cache = model.newCache(3 * perSequence);
                KvSequence one = cache.open();
                KvSequence two = cache.open();
                KvSequence three = cache.open()) {
            List<KvSequence> all = List.of(one, two, three);
            do {
                for (KvSequence sequence : all) {
                    sequence.truncate(0);
                    sequence.reserve(PROMPT + TOKENS);
                    model.forward(Batch.of(sequence, new int[PROMPT], Batch.Wanted.LAST), cache);
                }
                for (int token = 0; token < TOKENS && System.nanoTime() < end; token++) {
                    step(model, cache, token % 2 == 0 ? all : List.of(one));
                }
            } while (System.nanoTime() < end);
        }
    }

    private static void step(DecoderModel model, KvCache cache, List<KvSequence> sequences) {
        List<Batch.Part> parts =
                sequences.stream()
                        .map(sequence -> new Batch.Part(sequence, new int[1], Batch.Wanted.LAST))
                        .toList();
        model.forward(new Batch(parts), cache);
    }
}
