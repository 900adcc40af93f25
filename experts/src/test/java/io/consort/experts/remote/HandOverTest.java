package io.consort.experts.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.experts.chat.Answer;
import io.consort.experts.chat.AnswerEvent;
import io.consort.experts.chat.EventReader;
import io.consort.experts.chat.ExpertException;
import io.consort.experts.chat.ExpertException.Kind;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HandOverTest {

    private final HandOver handOver = new HandOver();

    @Test
    void everyEventComesOnceAndInOrderHoweverItIsAskedFor() {
        int count = 20_000;
        Thread.ofVirtual()
                .start(() -> {
                    IntStream.range(0, count).forEach(i -> handOver.put(event(i)));
                    handOver.end();
                });
        EventReader reader = EventReader.of(answer());
        for (int asked = 0, step = 1; asked <= count; asked += step, step = step % 7 + 1) {
            reader.request(step);
        }
        assertThat(reader.awaitCompletion())
                .isEqualTo(IntStream.range(0, count).mapToObj(HandOverTest::event).toList());
        assertThat(reader.signalsAfterEnd()).isZero();
    }

    @Test
    void aProducerThatIsAheadWaitsUntilTheReaderIsGone() throws Exception {
        AtomicInteger stopped = new AtomicInteger();
        handOver.onClose(stopped::incrementAndGet);
        AtomicInteger put = new AtomicInteger();
        Thread producer =
                Thread.ofVirtual()
                        .start(() -> {
                            while (!handOver.isOver()) {
                                handOver.put(event(put.getAndIncrement()));
                            }
                        });
        EventReader reader = EventReader.of(answer());
        reader.request(5).await(5);
        reader.cancel();
        producer.join();
        assertThat(put.get()).isBetween(5, 40);
        assertThat(stopped).hasValue(1);
        assertThat(reader.events()).hasSize(5);
    }

    @Test
    void aFailureOvertakesWhatNobodyAskedFor() {
        handOver.put(event(0));
        handOver.put(event(1));
        EventReader reader = EventReader.of(answer()).request(1);
        reader.await(1);
        handOver.fail(ExpertException.of(Kind.UPSTREAM, "broke"));
        assertThat(reader.awaitFailure()).hasMessage("broke");
        assertThat(reader.events()).hasSize(1);
    }

    @Test
    void aFailureBeforeTheFirstEventFailsTheOpening() {
        handOver.fail(ExpertException.of(Kind.UPSTREAM, "broke"));
        assertThat(handOver.opened().toCompletableFuture()).isCompletedExceptionally();
        assertThat(handOver.isOver()).isTrue();
    }

    private Answer answer() {
        CompletableFuture<Answer> opened = handOver.opened().toCompletableFuture();
        return opened.join();
    }

    private static AnswerEvent event(int number) {
        return new AnswerEvent.Text(0, String.valueOf(number), List.of());
    }
}
