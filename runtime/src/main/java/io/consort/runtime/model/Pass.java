package io.consort.runtime.model;

import io.consort.runtime.backend.Choice;
import io.consort.runtime.backend.Chosen;
import io.consort.runtime.backend.Rows;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One batch on its way through the layers of a model. It can stop before any layer, so that its
 * hidden states can be read and changed there.
 *
 * <p>Closing a pass that has not finished leaves its sequences as long as they were.
 */
public interface Pass extends AutoCloseable {

    /** The layer that runs next; the number of layers when all have run. */
    int layer();

    /**
     * Runs the layers from {@link #layer()} up to and not including {@code end}.
     *
     * @throws IllegalArgumentException if {@code end} lies before the next layer or after the last
     */
    void runTo(int end);

    /**
     * The hidden states that enter the next layer: a row per new position, parts in batch order.
     * Writing to it changes what the next layer reads, and whoever asks before the last layer is
     * taken to do so: no other sequence will share what this pass computes, unless the sequences'
     * {@link PrefixKey} names a fused set. Valid until the pass is closed.
     */
    Rows hidden();

    /**
     * Hidden states after the final norm, for every new position. Valid until the pass is closed.
     *
     * @throws IllegalStateException if layers have not run yet
     */
    Rows normalized();

    /**
     * Computes the logits that the batch asks for and makes its sequences longer by their new
     * positions. Called once, after the last layer.
     *
     * @return valid until the next pass of the model begins
     * @throws IllegalStateException if layers have not run yet
     */
    Logits finish();

    /**
     * Does what {@link #finish} does, but gives only the most probable token of each row that the
     * batch asks for, as {@link Logits#choice} chooses it. On a device the logits stay there.
     */
    default int[] finishGreedily() {
        Logits logits = finish();
        return IntStream.range(0, logits.rows()).map(logits::choice).toArray();
    }

    /**
     * Does what {@link #finish} does, but gives only a token of each row that the batch asks for, chosen
     * where the logits are.
     *
     * @param choices one for each row
     * @throws UnsupportedOperationException where one is more than the most probable token and the
     *     model does not draw ({@link DecoderModel#chooses})
     */
    default Chosen finishChoosing(List<Choice> choices) {
        return Chosen.plainly(choices, this::finishGreedily);
    }

    /**
     * Does what {@link #finishChoosing} does for passes of different models, as one where they are of
     * one kin ({@link DecoderModel#kin}). When it fails, none of them has finished.
     *
     * @param passes each of which has run all layers
     * @param choices of each pass
     */
    static List<Chosen> finishTogether(List<Pass> passes, List<List<Choice>> choices) {
        List<DecoderPass> decoders =
                passes.stream()
                        .filter(DecoderPass.class::isInstance)
                        .map(DecoderPass.class::cast)
                        .toList();
        return decoders.size() == passes.size()
                ? DecoderPass.finishAll(decoders, choices)
                : IntStream.range(0, passes.size())
                        .mapToObj(i -> passes.get(i).finishChoosing(choices.get(i)))
                        .toList();
    }

    @Override
    void close();
}
