package io.consort.service.tenant;

import io.consort.experts.chat.Answer;
import io.consort.experts.chat.ChatCall;
import io.consort.experts.chat.ChatExpert;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;

/**
 * Never answers, and tells whether it was closed.
 *
 * @param closed opens when it is closed
 */
public record FakeExpert(String id, CountDownLatch closed) implements ChatExpert {

    /** Whether it was closed. */
    public boolean isClosed() {
        return closed.getCount() == 0;
    }

    @Override
    public CompletionStage<Answer> open(ChatCall call) {
        return new CompletableFuture<>();
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
