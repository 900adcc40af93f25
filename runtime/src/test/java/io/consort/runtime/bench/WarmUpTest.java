package io.consort.runtime.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmUpTest {

    private final List<Double> measured = new ArrayList<>();
    private long now;

    @Test
    void itEndsOnceTwoFiguresAgree() {
        measure(0, 100, 1.0, 2.0, 3.0, 3.05, 9.0);
        assertThat(measured).containsExactly(1.0, 2.0, 3.0, 3.05);
    }

    @Test
    void itDoesNotEndBeforeItsShortestTimeHoweverSteady() {
        measure(4, 100, 1.0, 1.0, 1.0, 7.0, 8.0, 8.1, 9.0);
        assertThat(measured).containsExactly(1.0, 1.0, 1.0, 7.0, 8.0, 8.1);
    }

    @Test
    void itEndsWhenItsTimeIsOver() {
        measure(0, 3, 1.0, 2.0, 4.0, 8.0, 16.0);
        assertThat(measured).containsExactly(1.0, 2.0, 4.0);
    }

    @Test
    void whatCannotBeMeasuredIsTriedOnce() {
        measure(50, 100, Double.NaN, 1.0);
        assertThat(measured).containsExactly(Double.NaN);
    }

    /** Each measurement takes one tick. */
    private void measure(long shortest, long longest, Double... figures) {
        Iterator<Double> rest = List.of(figures).iterator();
        new WarmUp(shortest, longest, () -> now)
                .untilSteady(() -> {
                    now++;
                    measured.add(rest.next());
                    return measured.getLast();
                });
    }
}
