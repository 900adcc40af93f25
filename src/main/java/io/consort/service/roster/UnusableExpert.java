package io.consort.service.roster;

import io.consort.experts.chat.Answer;
import io.consort.experts.chat.ChatCall;
import io.consort.experts.chat.ChatExpert;
import io.consort.experts.chat.ExpertException;
import io.consort.experts.chat.ExpertException.Kind;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * An expert whose checkpoint cannot be used. It refuses every call in a way that lets the next expert
 * answer, and leaves the details, which name files, to the log.
 */
record UnusableExpert(String id) implements ChatExpert {

    @Override
    public CompletionStage<Answer> open(ChatCall call) {
        if (call.cancellation().isCancelled()) {
            return CompletableFuture.failedFuture(
                    ExpertException.of(Kind.CANCELLED, "the call was cancelled"));
        }
        return CompletableFuture.failedFuture(
                ExpertException.of(
                        Kind.UNREACHABLE,
                        "its checkpoint could not be loaded; the service's log says why"));
    }

    @Override
    public void close() {}
}
