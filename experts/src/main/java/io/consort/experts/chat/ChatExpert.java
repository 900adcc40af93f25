package io.consort.experts.chat;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A model that answers chat requests. Thread-safe. Every implementation passes the contract tests
 * in {@code ChatExpertContract}.
 */
public interface ChatExpert extends AutoCloseable {

    /** The id under which its catalog knows it. */
    String id();

    /**
     * Begins an answer. Does not block.
     *
     * <p>The stage completes when the first event is there (or the whole answer, where the request
     * does not stream and the server answers at once), so that until then another expert can be
     * asked without the client seeing it. It fails with an {@link ExpertException}; nothing of the
     * call is then held any more. When the call is cancelled before, it fails with kind {@code
     * CANCELLED}.
     */
    CompletionStage<Answer> open(ChatCall call);

    /**
     * Where its weights are; empty where they never have to be brought, or are somebody else's
     * business. Does not block.
     */
    default Optional<Whereabouts> whereabouts() {
        return Optional.empty();
    }

    /**
     * Says that a call may follow, so that weights come nearer where that hurts nobody. Does not
     * block.
     *
     * @param probability of the call, in (0, 1]
     */
    default void foresee(double probability) {}

    /**
     * Frees what the expert holds. Calls in flight fail with {@link ExpertException}; closing twice
     * changes nothing.
     */
    @Override
    void close();
}
