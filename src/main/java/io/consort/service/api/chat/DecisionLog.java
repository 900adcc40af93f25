package io.consort.service.api.chat;

import io.consort.experts.Catalog;
import io.consort.experts.Category;
import io.consort.experts.Expert;
import io.consort.experts.Price;
import io.consort.experts.chat.Usage;
import io.consort.router.policy.Decision;
import io.consort.service.api.ApiException;
import io.consort.service.api.Replies;
import io.consort.service.store.DecisionRow;
import io.consort.service.store.DecisionRow.Outcome;
import io.consort.service.store.Journal;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Records exchanges in the journal and counts them. Thread-safe. */
public final class DecisionLog {

    private final Journal journal;
    private final Meters meters;
    private final Map<String, Price> prices;

    /** A log of exchanges with the experts of this catalog. */
    public DecisionLog(Journal journal, Meters meters, Catalog catalog) {
        this.journal = journal;
        this.meters = meters;
        this.prices =
                catalog.experts().stream()
                        .collect(Collectors.toUnmodifiableMap(Expert::id, Expert::price));
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
        journal.record(row(exchange, outcome));
        meters.count(exchange, outcome);
    }

    private DecisionRow row(Exchange exchange, Outcome outcome) {
        Decision decision = exchange.decision();
        return new DecisionRow(
                exchange.id(),
                exchange.call().caller().tenant(),
                exchange.upstreamId(),
                exchange.body().model(),
                decision.policy(),
                decision.category().orElse(Category.NONE),
                decision.probability(),
                decision.propensity(),
                exchange.expert(),
                outcome,
                exchange.usage(),
                exchange.usage().map(usage -> cost(exchange.expert(), usage)).orElse(0.0),
                TimeUnit.NANOSECONDS.toMicros(exchange.overhead()),
                exchange.firstMicros(),
                exchange.totalMicros(),
                exchange.failures());
    }

    private double cost(String expert, Usage usage) {
        return prices.getOrDefault(expert, Price.FREE)
                .of(usage.promptTokens(), usage.completionTokens());
    }
}
