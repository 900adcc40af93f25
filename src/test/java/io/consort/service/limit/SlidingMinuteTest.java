package io.consort.service.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlidingMinuteTest {

    private static final long BEGIN = 1_800_000_000_123L;

    private record Taken(long at, long amount) {}

    /** Whoever takes while there is room never takes more than the limit in any minute. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void noMinuteHoldsMoreThanTheLimitAndNoRoomIsWasted(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long limit = 1L + random.nextInt(50);
        int pace = 1 + random.nextInt(4_000);
        SlidingMinute minute = new SlidingMinute();
        List<Taken> all = new ArrayList<>();
        long now = BEGIN;
        for (int i = 0; i < 5_000; i++) {
            now += random.nextInt(pace);
            long moment = now;
            long strict = all.stream().filter(one -> one.at() > moment - 60_000).count();
            long slack = all.stream().filter(one -> one.at() > moment - 60_250).count();
            boolean room = minute.sum(now) < limit;
            if (room) {
                assertThat(strict).isLessThan(limit);
                minute.take(now, 1);
                all.add(new Taken(now, 1));
            } else {
                assertThat(slack).isGreaterThanOrEqualTo(limit);
            }
        }
        assertThat(all).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void theSumIsThatOfAPlainListAlsoWhenAmountsArePutRight(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SlidingMinute minute = new SlidingMinute();
        List<Taken> model = new ArrayList<>();
        long now = BEGIN;
        for (int i = 0; i < 3_000; i++) {
            now += random.nextInt(3_000);
            if (random.nextInt(3) > 0 || model.isEmpty()) {
                long amount = 1L + random.nextInt(1_000);
                minute.take(now, amount);
                model.add(new Taken(now, amount));
            } else {
                Taken old = model.get(random.nextInt(model.size()));
                long difference = random.nextInt(-100, 100);
                minute.correct(old.at(), difference, now);
                if (counts(old.at(), now)) {
                    model.add(new Taken(old.at(), difference));
                } else if (difference > 0) {
                    model.add(new Taken(now, difference));
                }
            }
            assertThat(minute.sum(now)).isEqualTo(sum(model, now));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void whoWaitsAsLongAsIsSaidFindsRoomAndNotBefore(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 300; round++) {
            SlidingMinute minute = new SlidingMinute();
            long now = BEGIN + random.nextLong(1_000_000);
            for (int i = 0; i < 40; i++) {
                now += random.nextInt(1_500);
                minute.take(now, 1 + random.nextInt(9));
            }
            long most = random.nextLong(minute.sum(now));
            long wait = minute.until(most, now);
            assertThat(wait).isPositive();
            assertThat(minute.sum(now + wait - 1)).isGreaterThan(most);
            assertThat(minute.sum(now + wait)).isLessThanOrEqualTo(most);
            assertThat(minute.until(most, now + wait)).isZero();
        }
    }

    @Test
    void aClockThatGoesBackFreesNothing() {
        SlidingMinute minute = new SlidingMinute();
        minute.take(BEGIN, 5);
        assertThat(minute.sum(BEGIN - 100_000)).isEqualTo(5);
        minute.take(BEGIN - 100_000, 1);
        assertThat(minute.sum(BEGIN)).isEqualTo(6);
    }

    private static boolean counts(long at, long now) {
        return now / SlidingMinute.SLOT - at / SlidingMinute.SLOT < SlidingMinute.SLOTS;
    }

    private static long sum(List<Taken> model, long now) {
        return model.stream().filter(one -> counts(one.at(), now)).mapToLong(Taken::amount).sum();
    }
}
