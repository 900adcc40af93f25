package io.consort.experts.remote;

import io.consort.experts.chat.AnswerEvent;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A subscriber that notes on which threads it is called. */
final class ThreadNoting implements Flow.Subscriber<AnswerEvent> {

    private final Set<Thread> threads;
    private final CompletableFuture<@Nullable Void> done;

    ThreadNoting(Set<Thread> threads, CompletableFuture<@Nullable Void> done) {
        this.threads = threads;
        this.done = done;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        threads.add(Thread.currentThread());
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(AnswerEvent event) {
        threads.add(Thread.currentThread());
    }

    @Override
    public void onError(Throwable failure) {
        done.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        threads.add(Thread.currentThread());
        done.complete(null);
    }
}
