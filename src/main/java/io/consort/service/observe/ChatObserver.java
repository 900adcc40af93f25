package io.consort.service.observe;

import io.consort.experts.chat.Usage;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Told of chat requests, on their event loops. Thread-safe. */
public interface ChatObserver {

    /** A request has ended; its last byte is not sent yet. */
    void ended(ChatFacts facts);

    /** An expert took tokens for a further sample of an answer. */
    default void spent(String tenant, String expert, Usage usage) {}

    /**
     * What experts are told of the trace that a request will be recorded under; empty where there are
     * no traces.
     *
     * @param id of the decision
     * @param headers the request's headers, by their names
     */
    default Optional<String> traceparent(long id, Function<String, @Nullable String> headers) {
        return Optional.empty();
    }

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

            @Override
            public Optional<String> traceparent(
                    long id, Function<String, @Nullable String> headers) {
                for (ChatObserver observer : told) {
                    Optional<String> parent = observer.traceparent(id, headers);
                    if (parent.isPresent()) {
                        return parent;
                    }
                }
                return Optional.empty();
            }
        };
    }
}
