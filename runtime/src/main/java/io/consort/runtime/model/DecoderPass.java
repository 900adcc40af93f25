package io.consort.runtime.model;

import io.consort.runtime.backend.Operations;
import io.consort.runtime.backend.Rows;
import io.consort.runtime.backend.Step;
import java.util.ArrayList;
import java.util.List;

/** A batch on its way through a {@link Decoder}. */
final class DecoderPass implements Pass {

    private final Decoder model;
    private final Batch batch;
    private final Operations ops;
    private final Rotations rotations;
    private final Rows hidden;
    private int layer;

    private DecoderPass(Decoder model, Batch batch, Step step, Rows hidden) {
        this.model = model;
        this.batch = batch;
        this.ops = model.ops();
        this.rotations = new Rotations(step);
        this.hidden = hidden;
    }

    static DecoderPass begin(Decoder model, Batch batch, KvCache cache) {
        Step step = step(model.config(), batch, cache);
        model.ops().begin(step, cache.store());
        Rows embedded = model.ops().embed(model.embeddings(), model.config().embeddingScale());
        return new DecoderPass(model, batch, step, embedded);
    }

    @Override
    public int layer() {
        return layer;
    }

    @Override
    public void runTo(int end) {
        if (end < layer || end > model.stack().size()) {
            throw new IllegalArgumentException(
                    "`end` must be between %d and %d, not %d"
                            .formatted(layer, model.stack().size(), end));
        }
        while (layer < end) {
            int mark = ops.mark();
            model.stack().get(layer).forward(hidden, ops, rotations);
            ops.release(mark);
            layer++;
        }
    }

    @Override
    public Rows hidden() {
        if (layer < model.stack().size()) {
            batch.parts().forEach(part -> part.sequence().change());
        }
        return hidden;
    }

    @Override
    public Rows normalized() {
        requireAllLayers();
        return ops.norm(hidden, model.norm());
    }

    @Override
    public Logits finish() {
        requireAllLayers();
        int[] wanted = wantedRows();
        int vocabulary = model.config().vocabulary();
        float[] values = {};
        if (wanted.length > 0) {
            Rows chosen = wanted.length == hidden.count() ? hidden : ops.select(hidden, wanted);
            Rows logits = ops.linear(ops.norm(chosen, model.norm()), model.head());
            model.config().logitCap().ifPresent(cap -> ops.softCap(logits, (float) cap));
            values = logits.toArray();
        }
        for (Batch.Part part : batch.parts()) {
            part.sequence().advance(part.tokens());
        }
        return new Logits(values, wanted.length, vocabulary);
    }

    @Override
    public void close() {}

    private void requireAllLayers() {
        if (layer < model.stack().size()) {
            throw new IllegalStateException(
                    "layers %d to %d have not run yet".formatted(layer, model.stack().size() - 1));
        }
    }

    private int[] wantedRows() {
        int[] wanted = new int[batch.wantedRows()];
        int count = 0;
        int row = 0;
        for (Batch.Part part : batch.parts()) {
            int next = row + part.tokens().length;
            for (int i = next - part.wantedRows(); i < next; i++) {
                wanted[count++] = i;
            }
            row = next;
        }
        return wanted;
    }

    private static Step step(ModelConfig config, Batch batch, KvCache cache) {
        int[] tokens = new int[batch.rows()];
        List<Step.Span> spans = new ArrayList<>(batch.parts().size());
        int row = 0;
        for (Batch.Part part : batch.parts()) {
            KvSequence sequence = part.sequence();
            int count = part.tokens().length;
            if (sequence.cache() != cache) {
                throw new IllegalArgumentException("a sequence belongs to another cache");
            }
            if (sequence.capacity() < sequence.length() + count) {
                throw new IllegalArgumentException(
                        "a sequence has no room for %d new positions; reserve them first"
                                .formatted(count));
            }
            for (int token : part.tokens()) {
                if (token < 0 || token >= config.vocabulary()) {
                    throw new IllegalArgumentException(
                            "token %d is not in the vocabulary of %d"
                                    .formatted(token, config.vocabulary()));
                }
                tokens[row++] = token;
            }
            spans.add(
                    new Step.Span(
                            row - count,
                            count,
                            sequence.length(),
                            sequence.rotaryLength(sequence.length() + count),
                            sequence.blockTable()));
        }
        return new Step(tokens, spans);
    }
}
