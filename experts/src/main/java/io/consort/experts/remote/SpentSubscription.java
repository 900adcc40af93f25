package io.consort.experts.remote;

import java.util.concurrent.Flow;

/** What a subscriber gets that comes too late. */
final class SpentSubscription implements Flow.Subscription {

    @Override
    public void request(long n) {}

    @Override
    public void cancel() {}
}
