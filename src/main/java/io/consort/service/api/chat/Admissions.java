package io.consort.service.api.chat;

import io.consort.experts.chat.ChatRequest;
import io.consort.experts.chat.Usage;
import io.consort.service.api.ApiException;
import io.consort.service.api.Call;
import io.consort.service.api.RateLimits;
import io.consort.service.limit.Admission;
import io.consort.service.limit.Exceeded;
import io.consort.service.limit.Ledgers;
import io.consort.service.limit.Reckoning;
import java.util.Optional;

/** Lets chat requests in as far as limits allow, and settles what they took. Thread-safe. */
public final class Admissions {

    private final Ledgers ledgers;

    /** Admissions by these ledgers. */
    public Admissions(Ledgers ledgers) {
        this.ledgers = ledgers;
    }

    /**
     * Lets a request in, and says in the head of its response what is left. Must be settled or
     * withdrawn.
     *
     * @throws ApiException 429 when a limit of the key or the tenant is used up
     */
    Admission admit(Call call, ChatRequest request) {
        String key = Long.toString(call.caller().keyId());
        return switch (ledgers.of(call.caller().tenant())
                .admit(key, Reckoning.of(request).tokens())) {
            case Admission admission -> {
                RateLimits.put(admission.standing(), call.http().response());
                yield admission;
            }
            case Exceeded exceeded -> {
                RateLimits.put(exceeded.standing(), call.http().response());
                throw new ApiException(RateLimits.error(exceeded, call.caller().key()));
            }
        };
    }

    /** What the exchange is reckoned to cost with this expert, in billionths of a USD. */
    static long reckoned(Exchange exchange, String expert) {
        Reckoning reckoning = Reckoning.of(exchange.body().request());
        double each =
                exchange.tenancy()
                        .cost(
                                expert,
                                new Usage(reckoning.promptTokens(), reckoning.completionTokens()));
        int samples =
                exchange.decision()
                        .escalation()
                        .map(escalation -> escalation.samples().orElse(1))
                        .orElse(1);
        return Reckoning.nano(samples * each);
    }

    /** Takes what a call of this expert will take; otherwise says which limit is in the way. */
    static Optional<Exceeded> ask(Exchange exchange, String expert) {
        return exchange.admission().ask(expert, reckoned(exchange, expert));
    }

    /** Settles an exchange that has ended. */
    static void settle(Exchange exchange) {
        Usage used = exchange.usedOrReckoned();
        double usd = exchange.spent() + exchange.tenancy().cost(exchange.expert(), used);
        exchange.admission()
                .settle(used.totalTokens() + exchange.spentTokens(), Reckoning.nano(usd));
    }
}
