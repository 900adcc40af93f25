package io.consort.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.experts.chat.Answer;
import io.consort.experts.chat.AnswerEvent;
import io.consort.experts.chat.EventReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AnswerStreamTest {

    private final AtomicInteger drains = new AtomicInteger();
    private final AtomicInteger cancellations = new AtomicInteger();
    private final AnswerStream stream =
            new AnswerStream(
                    3,
                    new AnswerStream.Listener() {
                        @Override
                        public void drained() {
                            drains.incrementAndGet();
                        }

                        @Override
                        public void cancelled() {
                            cancellations.incrementAndGet();
                        }
                    });

    @Test
    void aFullBufferSaysSoUntilTheReaderTakesEvents() {
        offer(0, 3);
        assertThat(stream.hasRoom()).isFalse();
        EventReader reader = reader();
        assertThat(stream.hasRoom()).isFalse();
        reader.request(1);
        assertThat(stream.hasRoom()).isTrue();
        assertThat(drains).hasValue(1);
        assertThat(reader.events()).isEqualTo(events(0, 1));
    }

    @Test
    void aFailureComesAfterTheEventsThatAreThere() {
        offer(0, 2);
        stream.fail(new IllegalStateException("broken"));
        EventReader reader = reader();
        assertThat(reader.ended()).isFalse();
        reader.request(2);
        assertThat(reader.awaitFailure()).hasMessage("broken");
        assertThat(reader.events()).isEqualTo(events(0, 2));
    }

    @Test
    void anAbortComesAtOnceAndOnlyTheFirstEndCounts() {
        offer(0, 2);
        EventReader reader = reader();
        stream.abort(new IllegalStateException("gone"));
        stream.fail(new IllegalStateException("again"));
        stream.complete();
        assertThat(reader.awaitFailure()).hasMessage("gone");
        assertThat(reader.events()).isEmpty();
        assertThat(reader.signalsAfterEnd()).isZero();
    }

    @Test
    void anEmptyStreamCompletesWithoutDemand() {
        stream.complete();
        assertThat(reader().awaitCompletion()).isEmpty();
    }

    @Test
    void aReaderThatCancelsGetsNothingMore() {
        EventReader reader = reader().request(10);
        offer(0, 1);
        reader.cancel();
        reader.cancel();
        offer(1, 3);
        stream.complete();
        assertThat(reader.events()).isEqualTo(events(0, 1));
        assertThat(reader.ended()).isFalse();
        assertThat(cancellations).hasValue(1);
    }

    @Test
    void askingForLessThanOneEventEndsTheStream() {
        EventReader reader = reader().request(0);
        assertThat(reader.awaitFailure()).isInstanceOf(IllegalArgumentException.class);
        assertThat(cancellations).hasValue(1);
    }

    @Test
    void aReaderThatThrowsHarmsNobodyAndGetsNothingMore() {
        List<AnswerEvent> seen = new ArrayList<>();
        stream.subscribe(
                new Flow.Subscriber<>() {
                    @Override
                    public void onSubscribe(Flow.Subscription subscription) {
                        subscription.request(10);
                    }

                    @Override
                    public void onNext(AnswerEvent event) {
                        seen.add(event);
                        throw new IllegalStateException("cannot read");
                    }

                    @Override
                    public void onError(Throwable failure) {}

                    @Override
                    public void onComplete() {}
                });
        offer(0, 3);
        assertThat(seen).hasSize(1);
        assertThat(cancellations).hasValue(1);
    }

    @Test
    void eventsStayInOrderWhenReaderAndProducerRace() throws InterruptedException {
        int count = 50_000;
        List<AnswerEvent> seen = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        stream.subscribe(
                new Flow.Subscriber<>() {
                    @Override
                    public void onSubscribe(Flow.Subscription subscription) {
                        Thread.startVirtualThread(() -> {
                            for (int i = 0; i < count; i++) {
                                subscription.request(1);
                            }
                        });
                    }

                    @Override
                    public void onNext(AnswerEvent event) {
                        seen.add(event);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        done.countDown();
                    }

                    @Override
                    public void onComplete() {
                        done.countDown();
                    }
                });
        offer(0, count);
        stream.complete();
        done.await();
        assertThat(seen).isEqualTo(events(0, count));
    }

    private EventReader reader() {
        return EventReader.of(new Answer.Streaming(stream));
    }

    private void offer(int from, int to) {
        events(from, to).forEach(stream::offer);
    }

    private static List<AnswerEvent> events(int from, int to) {
        return IntStream.range(from, to)
                .<AnswerEvent>mapToObj(i -> new AnswerEvent.Reasoning(0, String.valueOf(i)))
                .toList();
    }
}
