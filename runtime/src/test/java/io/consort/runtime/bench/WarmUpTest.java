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
        measure(100, 1.0, 2.0, 3.0, 3.05, 9.0);
        assertThat(measured).containsExactly(1.0, 2.0, 3.0, 3.05);
    }

    @Test
    void itEndsWhenItsTimeIsOver() {
        measure(3, 1.0, 2.0, 4.0, 8.0, 16.0);
        assertThat(measured).containsExactly(1.0, 2.0, 4.0);
    }

    @Test
    void whatCannotBeMeasuredIsTriedOnce() {
        measure(100, Double.NaN, 1.0);
        assertThat(measured).containsExactly(Double.NaN);
    }

    /** Each measurement takes one tick. */
    private void measure(long longest, Double... figures) {
        Iterator<Double> rest = List.of(figures).iterator();
        new WarmUp(longest, () -> now)
                .untilSteady(() -> {
                    now++;
                    measured.add(rest.next());
                    return measured.getLast();
                });
    }
}
