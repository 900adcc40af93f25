package io.consort.runtime.backend;

import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/**
 * What architectures are written in. All activations are float32, and so is the accumulation.
 *
 * <p>One step runs at a time. Rows come from a stack of scratch memory: they live until {@link
 * #release} is called with a mark taken before they were made, or until the next step begins.
 */
public interface Operations extends AutoCloseable {

    /** Begins a step; rows of the step before are invalid from now on. */
    void begin(Step step, KvStore store);

    /** A mark of the scratch stack, for {@link #release}. */
    int mark();

    /** Frees all rows made since the mark. */
    void release(int mark);

    /** The embeddings of the step's tokens, multiplied by {@code scale}. */
    Rows embed(Linear embeddings, float scale);

    /** {@code x / rms(x) * weight} for each row. */
    Rows norm(Rows x, Norm norm);

    /** {@code x W^T + b} for each row. */
    Rows linear(Rows x, Linear linear);

    /** {@code x += y W^T + b} for each row. */
    default void addLinear(Rows x, Rows y, Linear linear) {
        add(x, linear(y, linear));
    }

    /**
     * Self-attention over packed rows, which are changed: normalises query and key heads where norms
     * are given, rotates them, stores the keys and values of the step's rows in the cache and lets
     * each row's queries attend to its sequence's positions up to its own.
     *
     * @return mixed values, {@code heads.queryWidth()} wide
     */
    Rows attend(Rows queryKeyValue, Attention attention);

    /** {@code gate(linear(x, gateAndUp), activation)}. */
    default Rows gated(Rows x, Linear gateAndUp, Activation activation) {
        return gate(linear(x, gateAndUp), activation);
    }

    /** {@code activation(left half) * right half} for each row. */
    Rows gate(Rows gateAndUp, Activation activation);

    /** {@code x += y}. */
    void add(Rows x, Rows y);

    /** Chosen rows of {@code x}, in the order given. */
    Rows select(Rows x, int[] rows);

    /** {@code x = cap * tanh(x / cap)}. */
    void softCap(Rows x, float cap);

    /**
     * The column of the largest value of each row; the smallest of those that are equal; -1 where a
     * value is not a number or all are infinite.
     */
    default int[] largest(Rows x) {
        return choose(x, Collections.nCopies(x.count(), Choice.GREEDY)).tokens();
    }

    /** Whether it draws tokens and tells how probable they were: {@link #choose}. */
    default boolean chooses() {
        return false;
    }

    /**
     * Chooses a token of each row of logits, as {@link Draw} and {@link TokenWeights} say; without a draw,
     * the {@link #largest}.
     *
     * @param choices one for each row
     * @throws UnsupportedOperationException where one is more than the largest, and it does not draw
     */
    Chosen choose(Rows x, List<Choice> choices);

    /**
     * Runs work whose operations depend on nothing but the step and on rows that it was given in the
     * same order before: a device may record it and run the record from then on, when the same work
     * comes again in a step of the same shape. It must not read rows back to the host.
     *
     * @param work names it within its model
     */
    default <T> T repeat(Object work, Supplier<T> body) {
        return body.get();
    }

    /** What is equal for operations that can {@link #start} together; by default each is alone. */
    default Object kin() {
        return this;
    }

    /** Keeps what is repeated next until {@link #start}, if it may. */
    default void hold() {}

    /**
     * Starts what several operations of the same kin, this one among them, have kept, as one where
     * that is possible. Each is asked next to {@link #choose} from the rows that it gave.
     *
     * @param choices what each will be asked for
     */
    default void start(List<Operations> all, List<List<Choice>> choices) {}

    /**
     * Says that weights of a part of the model are used from now on. Parts are used in order: 0 are the
     * embeddings, then each layer is one, and the last is what makes logits.
     */
    default void use(int part) {}

    /** Waits until the device has done everything that was asked of it. */
    default void settle() {}

    /** Frees the scratch memory. */
    @Override
    default void close() {}
}
