package io.consort.runtime.model;

import io.consort.runtime.backend.Choice;
import io.consort.runtime.backend.Chosen;
import io.consort.runtime.backend.Operations;
import io.consort.runtime.backend.Rows;
import io.consort.runtime.backend.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A batch on its way through a {@link Decoder}. Layers that were asked for run when somebody needs
 * what they compute, so that a device gets as much work as possible in one piece.
 */
final class DecoderPass implements Pass {

    /** Work that depends on nothing but the step: embedding, layers and head, as far as they belong. */
    private record Work(boolean embeds, int first, int end, boolean heads) {}

    private final Decoder model;
    private final Batch batch;
    private final Operations ops;
    private Optional<Rows> hidden = Optional.empty();
    private int done;
    private int layer;

    private DecoderPass(Decoder model, Batch batch) {
        this.model = model;
        this.batch = batch;
        this.ops = model.ops();
    }

    static DecoderPass begin(Decoder model, Batch batch, KvCache cache) {
        Step step = step(model.config(), batch, cache);
        model.ops().begin(step, cache.store());
        return new DecoderPass(model, batch);
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
        layer = end;
    }

    @Override
    public Rows hidden() {
        if (layer < model.stack().size()) {
            batch.parts().forEach(part -> part.sequence().change());
        }
        if (hidden.isEmpty() || done < layer) {
            hidden = Optional.of(run(false));
        }
        return hidden.get();
    }

    @Override
    public Rows normalized() {
        requireAllLayers();
        Rows states = hidden();
        ops.use(1 + model.stack().size());
        return ops.norm(states, model.norm());
    }

    @Override
    public Logits finish() {
        requireAllLayers();
        int wanted = batch.wantedRows();
        float[] values = wanted > 0 ? logits().toArray() : nothing();
        advance();
        return new Logits(values, wanted, model.config().vocabulary());
    }

    @Override
    public int[] finishGreedily() {
        return finishWith(ops::largest).orElseGet(() -> new int[0]);
    }

    @Override
    public Chosen finishChoosing(List<Choice> choices) {
        return finishWith(logits -> ops.choose(logits, choices))
                .orElseGet(() -> new Chosen(new int[0], new double[0]));
    }

    private <T> Optional<T> finishWith(Function<Rows, T> choice) {
        requireAllLayers();
        Optional<T> chosen = Optional.empty();
        if (batch.wantedRows() > 0) {
            chosen = Optional.of(choice.apply(logits()));
        } else {
            nothing();
        }
        advance();
        return chosen;
    }

    /** Ends passes that ask for a token of each sequence. */
    static List<Chosen> finishAll(List<DecoderPass> passes, List<List<Choice>> choices) {
        List<Rows> logits = new ArrayList<>();
        for (DecoderPass pass : passes) {
            pass.requireAllLayers();
            pass.ops.hold();
            logits.add(pass.logits());
        }
        passes.getFirst().ops.start(passes.stream().map(pass -> pass.ops).toList(), choices);
        List<Chosen> chosen = new ArrayList<>();
        for (int i = 0; i < passes.size(); i++) {
            chosen.add(passes.get(i).ops.choose(logits.get(i), choices.get(i)));
        }
        passes.forEach(DecoderPass::advance);
        return chosen;
    }

    @Override
    public void close() {}

    private void requireAllLayers() {
        if (layer < model.stack().size()) {
            throw new IllegalStateException(
                    "layers %d to %d have not run yet".formatted(layer, model.stack().size() - 1));
        }
    }

    private void advance() {
        for (Batch.Part part : batch.parts()) {
            part.sequence().advance(part.tokens());
        }
    }

    /** Runs the layers for what they leave in the cache. */
    private float[] nothing() {
        hidden();
        return new float[0];
    }

    private Rows logits() {
        int[] wanted = wantedRows();
        return wanted.length == batch.rows() ? run(true) : head(ops.select(hidden(), wanted));
    }

    /** Runs what was asked for and has not run yet. */
    private Rows run(boolean heads) {
        int first = done;
        done = layer;
        return ops.repeat(
                new Work(hidden.isEmpty(), first, layer, heads),
                () -> {
                    Rows rows = hidden.orElseGet(this::embed);
                    layers(rows, first, layer);
                    return heads ? head(rows) : rows;
                });
    }

    private Rows embed() {
        ops.use(0);
        return ops.embed(model.embeddings(), model.config().embeddingScale());
    }

    private void layers(Rows rows, int first, int end) {
        for (int next = first; next < end; next++) {
            int mark = ops.mark();
            ops.use(1 + next);
            model.stack().get(next).forward(rows, ops);
            ops.release(mark);
        }
    }

    private Rows head(Rows rows) {
        ops.use(1 + model.stack().size());
        Rows logits = ops.linear(ops.norm(rows, model.norm()), model.head());
        model.config().logitCap().ifPresent(cap -> ops.softCap(logits, (float) cap));
        return logits;
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
