package io.consort.service.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.service.stage.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class SoakReportTest {

    @Test
    void aRunThatStaysAsItIsIsFlat() {
        SoakReport report = report(_ -> tenth(0, 1, 40_000_000, 60));
        assertThat(report.faults()).isEmpty();
        assertThat(report.text()).contains("flat: nothing grew").doesNotContain("not flat");
        assertThat(Client.parse(report.json()).path("flat").asBoolean()).isTrue();
        assertThat(Client.parse(report.json()).path("tenths")).hasSize(10);
    }

    @Test
    void theFirstTenthsAndASinglePeakDoNotCount() {
        assertThat(report(part -> tenth(0, part < 2 ? 30 : 1, 40_000_000, 60)).faults()).isEmpty();
        assertThat(report(part -> tenth(0, 1, part == 9 ? 90_000_000 : 40_000_000, 60)).faults())
                .isEmpty();
    }

    @Test
    void whateverGrowsIsNamed() {
        assertThat(report(part -> tenth(0, 1, 40_000_000L + part * 4_000_000L, 60)).faults())
                .singleElement()
                .asString()
                .startsWith("heap, MB: 52.00 in the third to fifth tenth, 72.00 in the last three");
        assertThat(report(part -> tenth(0, 1 + part, 40_000_000, 60)).faults())
                .singleElement()
                .asString()
                .startsWith("p50");
        assertThat(report(part -> tenth(0, 1, 40_000_000, 60 + 8L * part)).faults())
                .singleElement()
                .asString()
                .startsWith("open files");
    }

    @Test
    void requestsThatDoNotEndAsTheyShouldAreAFault() {
        SoakReport report = report(part -> tenth(part == 4 ? 3 : 0, 1, 40_000_000, 60));
        assertThat(report.faults()).containsExactly("3 requests did not end as they should");
        assertThat(report.text()).contains("not flat");
    }

    private static SoakReport report(IntFunction<SoakReport.Tenth> tenth) {
        List<SoakReport.Tenth> tenths = new ArrayList<>();
        for (int part = 0; part < 10; part++) {
            tenths.add(tenth.apply(part));
        }
        return new SoakReport(tenths);
    }

    private static SoakReport.Tenth tenth(long wrong, double median, long heap, long files) {
        return new SoakReport.Tenth(
                100, wrong, median, 20, new Footprint(heap, 200_000_000, files, 30));
    }
}
