package io.consort.runtime.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WorkersTest {

    @Test
    void everyItemIsDoneOnce() {
        try (Workers workers = new Workers(3)) {
            for (int round = 0; round < 2000; round++) {
                AtomicIntegerArray done = new AtomicIntegerArray(1 + round % 40);
                workers.run(done.length(), 1 + round % 5, (_, from, to) -> count(done, from, to));
                for (int item = 0; item < done.length(); item++) {
                    assertThat(done.get(item)).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void helpersTakePart() throws InterruptedException {
        try (Workers workers = new Workers(2)) {
            CountDownLatch bothAreInside = new CountDownLatch(2);
            workers.run(
                    2,
                    1,
                    (_, _, _) -> {
                        bothAreInside.countDown();
                        awaitQuietly(bothAreInside);
                    });
            assertThat(bothAreInside.getCount()).isZero();
        }
    }

    @Test
    void aSecondGiverWorksAlone() {
        try (Workers workers = new Workers(2)) {
            AtomicIntegerArray done = new AtomicIntegerArray(8);
            workers.run(
                    2, 1, (_, _, _) -> workers.run(8, 1, (_, from, to) -> count(done, from, to)));
            for (int item = 0; item < 8; item++) {
                assertThat(done.get(item)).isEqualTo(2);
            }
        }
    }

    @Test
    void piecesGetShorterDownToTheGrain() {
        try (Workers workers = new Workers(2)) {
            ConcurrentSkipListMap<Integer, Integer> pieces = new ConcurrentSkipListMap<>();
            workers.run(1000, 7, (_, from, to) -> pieces.put(from, to - from));

            List<Integer> sizes = List.copyOf(pieces.values());
            assertThat(sizes.getFirst()).isEqualTo(250);
            assertThat(sizes).isSortedAccordingTo(Comparator.reverseOrder());
            assertThat(sizes.subList(0, sizes.size() - 1)).allMatch(size -> size >= 7);
            assertThat(sizes.get(sizes.size() - 2)).isEqualTo(7);
        }
    }

    @Test
    void aFailureReachesTheGiverAndTheNextJobRuns() {
        try (Workers workers = new Workers(2)) {
            assertThatThrownBy(() ->
                            workers.run(
                                    100,
                                    1,
                                    (_, from, to) -> {
                                        if (from <= 50 && 50 < to) {
                                            throw new IllegalArgumentException("item 50");
                                        }
                                    }))
                    .hasRootCauseMessage("item 50");
            AtomicIntegerArray done = new AtomicIntegerArray(10);
            workers.run(10, 1, (_, from, to) -> count(done, from, to));
            assertThat(done.get(9)).isEqualTo(1);
        }
    }

    private static void count(AtomicIntegerArray done, int from, int to) {
        for (int item = from; item < to; item++) {
            done.incrementAndGet(item);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
