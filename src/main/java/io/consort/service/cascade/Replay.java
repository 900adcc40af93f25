package io.consort.service.cascade;

import io.consort.experts.chat.AnswerEvent;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Flow;

/**
 * Publishes events that are all there, on the thread of who asks for them.
 *
 * @param events in their order
 */
public record Replay(List<AnswerEvent> events) implements Flow.Publisher<AnswerEvent> {

    public Replay {
        events = List.copyOf(events);
    }

    @Override
    public void subscribe(Flow.Subscriber<? super AnswerEvent> subscriber) {
        Iterator<AnswerEvent> rest = events.iterator();
        subscriber.onSubscribe(
                new Flow.Subscription() {
                    private boolean ended;

                    @Override
                    public void request(long count) {
                        for (long i = 0; i < count && !ended && rest.hasNext(); i++) {
                            subscriber.onNext(rest.next());
                        }
                        if (!rest.hasNext() && !ended) {
                            ended = true;
                            subscriber.onComplete();
                        }
                    }

                    @Override
                    public void cancel() {
                        ended = true;
                    }
                });
    }
}
