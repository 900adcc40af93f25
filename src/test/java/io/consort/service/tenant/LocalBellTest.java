package io.consort.service.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.service.tenant.Bell.Listening;
import io.consort.service.tenant.Bell.Ring;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalBellTest {

    private final Bell bell = new LocalBell();
    private final List<Ring> heard = new ArrayList<>();

    @Test
    void whoeverListensHearsUntilItStops() {
        Listening first = bell.listen(heard::add);
        Listening second = bell.listen(heard::add);
        bell.ring(Bell.KEYS, "a");
        first.close();
        bell.ring(Bell.CATALOG, "b");
        second.close();
        bell.ring(Bell.CATALOG, "c");
        assertThat(heard)
                .containsExactly(
                        new Ring("keys", "a"), new Ring("keys", "a"), new Ring("catalog", "b"));
    }

    @Test
    void aListenerThatFailsKeepsNoOtherFromHearing() {
        var _ =
                bell.listen(_ -> {
                    throw new IllegalStateException("no memory");
                });
        var _ = bell.listen(heard::add);
        bell.ring(Bell.LIMITS, "a");
        assertThat(heard).containsExactly(new Ring("limits", "a"));
    }
}
