package io.consort.experts.chat;

import java.util.Optional;
import java.util.concurrent.Flow;

/** What an expert has begun to say. */
public sealed interface Answer {

    /**
     * A whole OpenAI-dialect completion, exactly as the server sent it.
     *
     * @param json the completion's JSON object in UTF-8; must not be changed
     */
    record Complete(byte[] json, Optional<Usage> usage) implements Answer {}

    /**
     * An answer that is still being made; its first event is there.
     *
     * @param events serves exactly one subscriber and honours its demand: a subscriber that asks for
     *     nothing stops the producer after a bounded number of events. Cancelling the subscription
     *     ends the work silently; cancelling the call ends it with kind {@code CANCELLED}. Events arrive one after the other on any
     *     thread, and a subscriber must not block. Failures are {@link ExpertException}s.
     */
    record Streaming(Flow.Publisher<AnswerEvent> events) implements Answer {}
}
