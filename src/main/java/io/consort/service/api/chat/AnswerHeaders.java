package io.consort.service.api.chat;

import io.consort.experts.Category;
import io.consort.service.store.Ids;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** The response headers that say what Consort did. */
final class AnswerHeaders {

    /** The expert that is named when the service answers itself. */
    static final String SELF = "consort";

    private static final CharSequence DECISION = HttpHeaders.createOptimized("x-consort-decision");
    private static final CharSequence EXPERT = HttpHeaders.createOptimized("x-consort-expert");
    private static final CharSequence CATEGORY = HttpHeaders.createOptimized("x-consort-category");
    private static final CharSequence POLICY = HttpHeaders.createOptimized("x-consort-policy");
    private static final CharSequence OVERHEAD =
            HttpHeaders.createOptimized("x-consort-overhead-ms");
    private static final CharSequence ATTEMPTS = HttpHeaders.createOptimized("x-consort-attempts");
    private static final CharSequence FALLBACK = HttpHeaders.createOptimized("x-consort-fallback");

    private AnswerHeaders() {}

    /** Puts what is known of the exchange into the head of its response. */
    static void put(Exchange exchange, HttpServerResponse response) {
        response.putHeader(DECISION, Ids.decision(exchange.id()))
                .putHeader(EXPERT, exchange.expert())
                .putHeader(CATEGORY, exchange.decision().category().orElse(Category.NONE))
                .putHeader(POLICY, exchange.decision().policy())
                .putHeader(OVERHEAD, milliseconds(exchange.overhead()));
        int vain = exchange.failures().size();
        if (vain > 0) {
            response.putHeader(ATTEMPTS, Integer.toString(vain + 1))
                    .putHeader(FALLBACK, exchange.failures().getFirst().expert());
        }
    }

    /** Milliseconds with three decimals. */
    static String milliseconds(long nanoseconds) {
        long micros = Math.max(0, (nanoseconds + 500) / 1000);
        String thousandths = Long.toString(micros % 1000);
        return micros / 1000 + "." + "000".substring(thousandths.length()) + thousandths;
    }
}
