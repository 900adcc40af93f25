package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.Choice;
import io.consort.runtime.backend.Chosen;
import io.consort.runtime.engine.Candidates;
import io.consort.runtime.model.Batch;
import io.consort.runtime.model.DecoderModel;
import io.consort.runtime.model.KvCache;
import io.consort.runtime.model.KvSequence;
import io.consort.runtime.model.Logits;
import io.consort.runtime.model.Pass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** A model with some sequences, and the token that each has last. */
record TestDecoder(DecoderModel model, KvCache cache, List<KvSequence> sequences, int[] last) {

    private static final int BLOCKS = 10; // of a sequence

    static TestDecoder of(DecoderModel model, int sequences, int prompt) {
        KvCache cache = model.newCache(Math.max(64, BLOCKS * sequences));
        TestDecoder decoder = new TestDecoder(model, cache, new ArrayList<>(), new int[sequences]);
        for (int i = 0; i < sequences; i++) {
            KvSequence sequence = decoder.cache.open();
            decoder.sequences.add(sequence);
            int[] tokens = new int[prompt + i];
            int seed = 11 * i;
            Arrays.setAll(tokens, at -> (37 * at + seed) % 5000);
            sequence.reserve(tokens.length);
            Batch batch = Batch.of(sequence, tokens, Batch.Wanted.LAST);
            decoder.last[i] = model.forward(batch, decoder.cache).argmax(0);
        }
        return decoder;
    }

    Pass begin(int room) {
        List<Batch.Part> parts = new ArrayList<>();
        for (int i = 0; i < last.length; i++) {
            sequences.get(i).reserve(room);
            int[] token = {last[i]};
            parts.add(new Batch.Part(sequences.get(i), token, Batch.Wanted.LAST));
        }
        Pass pass = model.begin(new Batch(parts), cache);
        pass.runTo(model.config().layers());
        return pass;
    }

    /** A step as the host does it: from logits. */
    void plainly() {
        plainly(Collections.nCopies(last.length, Choice.GREEDY));
    }

    /**
     * A step as the host does it: from logits.
     *
     * @return log-probabilities of the tokens
     */
    double[] plainly(List<Choice> choices) {
        Candidates candidates = new Candidates();
        double[] logprobs = new double[last.length];
        try (Pass pass = begin(1)) {
            Logits logits = pass.finish();
            for (int i = 0; i < last.length; i++) {
                candidates.load(logits, i);
                Choice choice = choices.get(i);
                last[i] =
                        choice.draw()
                                .map(draw -> candidates.draw(draw, choice.position()))
                                .orElseGet(candidates::mostProbable);
                logprobs[i] = logprob(logits, i, last[i]);
            }
        }
        return logprobs;
    }

    static double logprob(Logits logits, int row, int token) {
        double sum = 0;
        int offset = logits.offset(row);
        double highest = logits.values()[offset + logits.argmax(row)];
        for (int i = 0; i < logits.vocabulary(); i++) {
            sum += Math.exp(logits.values()[offset + i] - highest);
        }
        return logits.values()[offset + token] - highest - Math.log(sum);
    }

    void greedily(int room) {
        try (Pass pass = begin(room)) {
            take(pass.finishGreedily());
        }
    }

    Chosen choosing(int room, List<Choice> choices) {
        try (Pass pass = begin(room)) {
            Chosen chosen = pass.finishChoosing(choices);
            take(chosen.tokens());
            return chosen;
        }
    }

    void take(int[] tokens) {
        System.arraycopy(tokens, 0, last, 0, last.length);
    }

    void close() {
        sequences.forEach(KvSequence::close);
        cache.close();
    }
}
