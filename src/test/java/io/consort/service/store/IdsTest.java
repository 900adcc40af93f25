package io.consort.service.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class IdsTest {

    @Test
    void numbersGrowEvenWhenTheClockStandsOrGoesBack() {
        AtomicLong clock = new AtomicLong(1_000);
        Ids ids = new Ids(clock::get);
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
    void bothSpellingsLeadBackToTheNumber() {
        long id = new Ids(System::currentTimeMillis).next();
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
