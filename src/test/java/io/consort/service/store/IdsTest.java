package io.consort.service.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class IdsTest {

    @Test
    void numbersGrowEvenWhenTheClockStandsOrGoesBack() {
        AtomicLong clock = new AtomicLong(1_000);
        Ids ids = new Ids(clock::get, 7);
        long first = ids.next();
        long second = ids.next();
        clock.set(900);
        long third = ids.next();
        clock.set(2_000);
        assertThat(second).isGreaterThan(first);
        assertThat(third).isGreaterThan(second);
        assertThat(ids.next()).isGreaterThan(third);
    }

    @Test
    void noTwoProcessesGiveOutTheSameNumber() {
        Set<Long> all = new HashSet<>();
        Ids one = new Ids(() -> 1_000, 3);
        Ids other = new Ids(() -> 1_000, 1024 + 4);
        for (int i = 0; i < 5_000; i++) {
            assertThat(all.add(one.next())).isTrue();
            assertThat(all.add(other.next())).isTrue();
        }
    }

    @Test
    void bothSpellingsLeadBackToTheNumber() {
        long id = new Ids(System::currentTimeMillis, 0).next();
        assertThat(Ids.parse(Ids.decision(id))).hasValue(id);
        assertThat(Ids.parse(Ids.completion(id))).hasValue(id);
    }

    @Test
    void idsOfOthersAreNotOurs() {
        assertThat(Ids.parse("chatcmpl-9zXy")).isEmpty();
        assertThat(Ids.parse("dec_!")).isEmpty();
        assertThat(Ids.parse("")).isEmpty();
    }
}
