package io.consort.experts.guard;

import io.consort.experts.chat.Answer;
import io.consort.experts.chat.AnswerEvent;
import io.consort.experts.chat.ChatCall;
import io.consort.experts.chat.ChatExpert;
import io.consort.experts.chat.ExpertException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** An expert that does what a test says, when it says so. */
final class ScriptedExpert implements ChatExpert {

    /** One call that the expert got. */
    static final class Call implements Flow.Publisher<AnswerEvent>, Flow.Subscription {

        final ChatCall received;
        final CompletableFuture<Answer> opening = new CompletableFuture<>();
        Flow.@Nullable Subscriber<? super AnswerEvent> subscriber;
        long requested;
        boolean subscriptionCancelled;

        private Call(ChatCall received) {
            this.received = received;
        }

        Call completes() {
            opening.complete(new Answer.Complete(new byte[0], Optional.empty()));
            return this;
        }

        Call fails(ExpertException failure) {
            opening.completeExceptionally(failure);
            return this;
        }

        Call streams() {
            opening.complete(new Answer.Streaming(this));
            return this;
        }

        Call says(String text) {
            reader().onNext(new AnswerEvent.Text(0, text, List.of()));
            return this;
        }

        Flow.Subscriber<? super AnswerEvent> reader() {
            return Optional.<Flow.Subscriber<? super AnswerEvent>>ofNullable(subscriber)
                    .orElseThrow();
        }

        boolean cancelled() {
            return received.cancellation().isCancelled();
        }

        @Override
        public void subscribe(Flow.Subscriber<? super AnswerEvent> reader) {
            subscriber = reader;
            reader.onSubscribe(this);
        }

        @Override
        public void request(long n) {
            requested += n;
        }

        @Override
        public void cancel() {
            subscriptionCancelled = true;
        }
    }

    final List<Call> calls = new ArrayList<>();
    boolean closed;

    @Override
    public String id() {
        return "scripted";
    }

    Call last() {
        return calls.getLast();
    }

    @Override
    public CompletionStage<Answer> open(ChatCall call) {
        Call mine = new Call(call);
        calls.add(mine);
        return mine.opening;
    }

    @Override
    public void close() {
        closed = true;
    }
}
