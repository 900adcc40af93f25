package io.consort.service.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResultsTest {

    private final Results results =
            new Results(GatewayOptions.parse(List.of("--rounds", "3")), List.of("a note"));

    @Test
    void mediansOverTheRoundsAreReported() {
        for (double value : new double[] {900, 100, 200}) {
            results.add(Row.throughput(16), Target.GATEWAY, value);
        }

        assertThat(results.json())
                .contains(
                        """
                        {"name":"requests_per_second_16","unit":"1/s","direct":null,"nginx":null,\
                        "gateway":200.0}\
                        """);
    }

    @Test
    void whatAServerAddsIsTheMedianOfTheRoundsDifferences() {
        double[] direct = {10, 50, 20};
        double[] gateway = {110, 350, 320};
        for (int round = 0; round < direct.length; round++) {
            results.add(Row.LATENCY.median(), Target.DIRECT, direct[round]);
            results.add(Row.LATENCY.median(), Target.GATEWAY, gateway[round]);
        }

        assertThat(results.json())
                .contains(
                        """
                        {"name":"added_latency_p50","unit":"us","direct":null,"nginx":null,\
                        "gateway":300.0}\
                        """);
    }

    @Test
    void theTableShowsADashWhereAServerIsAbsentAndTheNotesBelow() {
        results.add(Row.LONGEST_GAP, Target.DIRECT, 21.5);

        assertThat(results.table())
                .containsPattern("longest gap, 256 streams.* ms +21\\.5 +- +-")
                .contains("a note\n", "medians of 3 interleaved rounds of 2.0 s");
    }
}
