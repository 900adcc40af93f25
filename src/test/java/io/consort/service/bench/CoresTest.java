package io.consort.service.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CoresTest {

    @Test
    void coreListsOfNumbersAndRangesAreRead() {
        assertThat(Cores.cores("0-2,5,7-8")).containsExactly(0, 1, 2, 5, 7, 8);
    }

    @Test
    void aCommandRunsOnTheServersCoreWhereThereIsOne() {
        assertThat(new Cores(Optional.of(0), Optional.of(3), "").onServerCore(List.of("run")))
                .containsExactly("taskset", "-c", "3", "run");
        assertThat(new Cores(Optional.empty(), Optional.empty(), "").onServerCore(List.of("run")))
                .containsExactly("run");
    }
}
