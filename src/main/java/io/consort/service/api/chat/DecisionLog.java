package io.consort.service.api.chat;

import io.consort.experts.Category;
import io.consort.experts.chat.Usage;
import io.consort.router.policy.Decision;
import io.consort.router.policy.Escalation;
import io.consort.service.api.ApiException;
import io.consort.service.api.Replies;
import io.consort.service.cascade.Held;
import io.consort.service.observe.ChatFacts;
import io.consort.service.observe.ChatObserver;
import io.consort.service.observe.Providers;
import io.consort.service.store.DecisionRow;
import io.consort.service.store.DecisionRow.Failure;
import io.consort.service.store.DecisionRow.Outcome;
import io.consort.service.store.Journal;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Records exchanges in the journal and counts them. Thread-safe. */
public final class DecisionLog {

    private final Journal journal;
    private final ChatObserver observer;

    /** A log that writes into this journal, and tells the observer. */
    public DecisionLog(Journal journal, ChatObserver observer) {
        this.journal = journal;
        this.observer = observer;
    }

    /**
     * Checks that one more exchange can be recorded.
     *
     * @throws ApiException 503 otherwise
     */
    void requireRoom() {
        if (journal.isFull()) {
            throw new ApiException(
                    Replies.overloaded("Decisions cannot be written fast enough; try again."));
        }
    }

    /** Records how an exchange ended. One that ended before it was decided leaves no trace. */
    void record(Exchange exchange, Outcome outcome) {
        if (!exchange.isDecided()) {
            return;
        }
        DecisionRow row = row(exchange, outcome);
        journal.record(row);
        observer.ended(facts(exchange, row));
    }

    /** What experts are told of the trace that the exchange belongs to, where it is traced. */
    Optional<String> traceparent(Exchange exchange) {
        return observer.traceparent(exchange.id(), exchange.call().http().request()::getHeader);
    }

    /** Notes tokens of a further sample of the answer that the client gets. */
    void spend(Exchange exchange, Usage usage) {
        exchange.spends(cost(exchange, usage), usage.totalTokens());
        observer.spent(exchange.call().caller().tenant(), exchange.expert(), usage);
    }

    /** What is recorded of an answer that was not confident. */
    Failure unsure(Exchange exchange, Held held, Escalation escalation) {
        long prompt = held.used().stream().mapToLong(Usage::promptTokens).sum();
        long completion = held.used().stream().mapToLong(Usage::completionTokens).sum();
        Usage used = new Usage(prompt, completion);
        String message =
                held.confidence().isEmpty()
                        ? "it did not tell how sure it was"
                        : String.format(
                                Locale.ROOT,
                                "its confidence was %.3f, below %.3f",
                                held.confidence().getAsDouble(),
                                escalation.confidentAbove());
        return new Failure(
                exchange.expert(),
                Failure.UNSURE,
                message,
                Optional.of(used),
                cost(exchange, used));
    }

    private static ChatFacts facts(Exchange exchange, DecisionRow row) {
        return new ChatFacts(
                row,
                exchange.call().caller(),
                exchange.body().request().stream(),
                exchange.laterAttempts(),
                expert -> Providers.of(exchange.tenancy().roster().catalog(), expert),
                exchange.call().http().request()::getHeader);
    }

    private DecisionRow row(Exchange exchange, Outcome outcome) {
        Decision decision = exchange.decision();
        return new DecisionRow(
                exchange.id(),
                exchange.call().caller().tenant(),
                exchange.call().caller().keyId(),
                exchange.upstreamId(),
                exchange.body().model(),
                decision.policy(),
                decision.version(),
                decision.category().orElse(Category.NONE),
                decision.probability(),
                decision.propensity(),
                exchange.expert(),
                outcome,
                exchange.usage(),
                exchange.spent()
                        + exchange.failures().stream().mapToDouble(Failure::costUsd).sum()
                        + cost(exchange, exchange.usedOrReckoned()),
                TimeUnit.NANOSECONDS.toMicros(exchange.overhead()),
                exchange.firstMicros(),
                exchange.totalMicros(),
                exchange.failures());
    }

    /** USD for tokens of the expert that was asked last. */
    private static double cost(Exchange exchange, Usage usage) {
        return exchange.tenancy().cost(exchange.expert(), usage);
    }
}
