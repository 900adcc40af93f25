package io.consort.runtime.engine;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A sequence's claim on its model's weights: they stay while it is open and granted. Thread-safe; what
 * is answered once does not change.
 */
public interface Stay extends AutoCloseable {

    /** A claim on weights that are always there. */
    Stay PERMANENT =
            new Stay() {
                @Override
                public OptionalLong granted() {
                    return OptionalLong.of(0);
                }

                @Override
                public Optional<EngineException> refused() {
                    return Optional.empty();
                }

                @Override
                public void close() {}
            };

    /**
     * Present once the weights may be used: which loading of them it is. After another loading, keys
     * and values of before are gone.
     */
    OptionalLong granted();

    /** Why the weights will not come. */
    Optional<EngineException> refused();

    /** Gives the claim up; nothing on the device uses the weights for it. Closing twice changes nothing. */
    @Override
    void close();
}
