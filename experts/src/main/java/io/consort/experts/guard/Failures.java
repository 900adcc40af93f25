package io.consort.experts.guard;

import io.consort.experts.chat.ExpertException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings what an expert threw into the form that callers know. */
final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    /** The failure itself where it is one of the contract; any other is a defect, and logged. */
    static ExpertException expertException(@Nullable Throwable failure) {
        if (failure instanceof ExpertException known) {
            return known;
        }
        if (failure instanceof CompletionException && failure.getCause() != null) {
            return expertException(failure.getCause());
        }
        LOG.error("An expert failed outside its contract", failure);
        return ExpertException.of(
                ExpertException.Kind.GARBLED, "The expert failed in an unforeseen way");
    }
}
