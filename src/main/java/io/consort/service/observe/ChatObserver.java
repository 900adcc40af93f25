package io.consort.service.observe;

import io.consort.experts.chat.Usage;
import java.util.List;

/** Told of chat requests, on their event loops. Thread-safe. */
public interface ChatObserver {

    /** A request has ended; its last byte is not sent yet. */
    void ended(ChatFacts facts);

    /** An expert took tokens for a further sample of an answer. */
    default void spent(String tenant, String expert, Usage usage) {}

    /** Tells all of them, in their order. */
    static ChatObserver all(List<ChatObserver> observers) {
        List<ChatObserver> told = List.copyOf(observers);
        return new ChatObserver() {
            @Override
            public void ended(ChatFacts facts) {
                told.forEach(observer -> observer.ended(facts));
            }

            @Override
            public void spent(String tenant, String expert, Usage usage) {
                told.forEach(observer -> observer.spent(tenant, expert, usage));
            }
        };
    }
}
