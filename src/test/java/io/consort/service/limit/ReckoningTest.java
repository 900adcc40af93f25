package io.consort.service.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.experts.Price;
import org.junit.jupiter.api.Test;

class ReckoningTest {

    @Test
    void moneyIsRoundedUpToABillionth() {
        assertThat(new Reckoning(1, 0).nanoUsd(new Price(0.0001, 0))).isEqualTo(1);
        assertThat(new Reckoning(7, 2).nanoUsd(new Price(1, 2))).isEqualTo(11_000);
        assertThat(new Reckoning(7, 2).nanoUsd(Price.FREE)).isZero();
    }

    @Test
    void aHeapHasRoomForSoManyRequests() {
        assertThat(Overload.limitFor(1)).isEqualTo(256);
        assertThat(Overload.limitFor(1L << 30)).isEqualTo(4096);
        assertThat(Overload.limitFor(1L << 50)).isEqualTo(50_000);
    }

    @Test
    void aPlaceIsGivenUpOnce() {
        Overload overload = new Overload(1);
        Overload.Place first = overload.enter();
        assertThat(first.taken()).isTrue();
        assertThat(overload.isFull()).isTrue();
        Overload.Place refused = overload.enter();
        assertThat(refused.taken()).isFalse();
        refused.leave();
        assertThat(overload.inside()).isOne();
        first.leave();
        first.leave();
        assertThat(overload.inside()).isZero();
    }
}
