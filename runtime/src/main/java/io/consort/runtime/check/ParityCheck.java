package io.consort.runtime.check;

import io.consort.runtime.backend.Backend;
import io.consort.runtime.model.Batch;
import io.consort.runtime.model.Checkpoint;
import io.consort.runtime.model.DecoderModel;
import io.consort.runtime.model.KvCache;
import io.consort.runtime.model.KvSequence;
import io.consort.runtime.model.Logits;
import io.consort.runtime.model.ModelConfig;
import io.consort.runtime.model.Models;
import io.consort.runtime.model.Pass;
import io.consort.runtime.weights.CheckpointException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Compares a model with the golden answers beside its checkpoint: every logit and hidden state of an
 * input run at once, the logits of the same input run in chunks, and greedy decoding through
 * prefill and single steps with the cache.
 */
public final class ParityCheck {

    private static final int[] CHUNKS = {1, 5, 2, 17, 3, 64};

    private final DecoderModel model;
    private final ModelConfig config;
    private final Golden golden;
    private final Tolerance tolerance;

    private ParityCheck(DecoderModel model, Golden golden, Tolerance tolerance) {
        this.tolerance = tolerance;
        this.model = model;
        this.config = model.config();
        this.golden = golden;
    }

    /**
     * Runs the whole comparison.
     *
     * @throws CheckpointException if the checkpoint or the golden answers cannot be used
     */
    public static ParityReport run(Path folder, Backend backend) {
        return run(folder, backend, Tolerance.FULL);
    }

    /**
     * Runs the whole comparison.
     *
     * @throws CheckpointException if the checkpoint or the golden answers cannot be used
     */
    public static ParityReport run(Path folder, Backend backend, Tolerance tolerance) {
        try (Checkpoint checkpoint = Checkpoint.open(folder);
                DecoderModel model = Models.load(checkpoint, backend)) {
            Golden golden = Golden.read(folder, model.config());
            return new ParityCheck(model, golden, tolerance).report(backend.name());
        }
    }

    private ParityReport report(String backend) {
        List<Deviation> hidden = new ArrayList<>();
        Deviation logits = atOnce(hidden);
        return new ParityReport(
                config.architecture().modelType(),
                backend,
                tolerance,
                golden.input().length,
                hidden,
                logits,
                inChunks(),
                golden.greedy().length - golden.prompt(),
                greedy());
    }

    private Deviation atOnce(List<Deviation> hidden) {
        try (KvCache cache = cacheFor(golden.input().length);
                KvSequence sequence = cache.open()) {
            sequence.reserve(golden.input().length);
            Batch batch = Batch.of(sequence, golden.input(), Batch.Wanted.ALL);
            try (Pass pass = model.begin(batch, cache)) {
                while (pass.layer() < config.layers()) {
                    hidden.add(compareHidden(pass.layer(), pass.hidden().toArray()));
                    pass.runTo(pass.layer() + 1);
                }
                hidden.add(compareHidden(config.layers(), pass.normalized().toArray()));
                return compareLogits("logits", values(pass.finish()));
            }
        }
    }

    private Deviation inChunks() {
        int[] input = golden.input();
        float[] all = new float[input.length * config.vocabulary()];
        try (KvCache cache = cacheFor(input.length);
                KvSequence sequence = cache.open()) {
            sequence.expect(input.length);
            int from = 0;
            for (int i = 0; from < input.length; i++) {
                int to = Math.min(input.length, from + CHUNKS[i % CHUNKS.length]);
                float[] chunk = values(step(cache, sequence, from, to, input, Batch.Wanted.ALL));
                System.arraycopy(chunk, 0, all, from * config.vocabulary(), chunk.length);
                from = to;
            }
        }
        return compareLogits("chunked logits", all);
    }

    private OptionalInt greedy() {
        int[] expected = golden.greedy();
        try (KvCache cache = cacheFor(expected.length);
                KvSequence sequence = cache.open()) {
            int from = 0;
            for (int next = golden.prompt(); next < expected.length; next++) {
                if (outgrows(from, next)) {
                    sequence.truncate(0);
                    from = 0;
                }
                Logits logits = step(cache, sequence, from, next, expected, Batch.Wanted.LAST);
                if (!chooses(logits, expected[next])) {
                    return OptionalInt.of(next - golden.prompt());
                }
                from = next;
            }
        }
        return OptionalInt.empty();
    }

    private boolean chooses(Logits logits, int token) {
        int chosen = logits.argmax(0);
        if (chosen == token) {
            return true;
        }
        double squares = 0;
        for (int i = 0; i < logits.vocabulary(); i++) {
            squares += (double) logits.values()[i] * logits.values()[i];
        }
        double spread = Math.sqrt(squares / logits.vocabulary());
        return tolerance.confuses(logits.values()[chosen], logits.values()[token], spread);
    }

    private boolean outgrows(int length, int newLength) {
        OptionalInt limit = config.cacheValidUpTo();
        return limit.isPresent() && length <= limit.getAsInt() && newLength > limit.getAsInt();
    }

    private Logits step(
            KvCache cache, KvSequence sequence, int from, int to, int[] ids, Batch.Wanted wanted) {
        sequence.reserve(to - from);
        int[] tokens = Arrays.copyOfRange(ids, from, to);
        return model.forward(Batch.of(sequence, tokens, wanted), cache);
    }

    private KvCache cacheFor(int positions) {
        return model.newCache(KvCache.blocksFor(positions));
    }

    private Deviation compareHidden(int index, float[] actual) {
        return Deviation.between(
                "hidden." + index, actual, golden.hidden().get(index), config.hidden());
    }

    private Deviation compareLogits(String name, float[] actual) {
        return Deviation.between(name, actual, golden.logits(), config.vocabulary());
    }

    private static float[] values(Logits logits) {
        return Arrays.copyOf(logits.values(), logits.rows() * logits.vocabulary());
    }
}
