package io.consort.experts.guard;

import java.util.concurrent.Flow;

/** What a second subscriber of an answer gets. */
final class Refusal implements Flow.Subscription {

    private Refusal() {}

    static void of(Flow.Subscriber<?> subscriber) {
        subscriber.onSubscribe(new Refusal());
        subscriber.onError(new IllegalStateException("An answer has exactly one subscriber"));
    }

    @Override
    public void request(long n) {}

    @Override
    public void cancel() {}
}
