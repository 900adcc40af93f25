package io.consort.router.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.consort.router.classify.Classification;
import io.consort.router.classify.Classification.Doubt;
import io.consort.router.classify.Classification.Ranked;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ReportTest {

    private static final Report REPORT =
            Report.of(
                    List.of(
                            outcome("a", 0.95, 0.05, false),
                            outcome("a", 0.65, 0.15, false),
                            outcome("b", 0.75, 0.05, false),
                            outcome("a", 0.45, 0.35, false),
                            outcome("none", 0.15, 0.85, true),
                            outcome("none", 0.85, 0.15, false)));

    @Test
    void sharesAreThoseOfTheirQuestions() {
        assertThat(REPORT.questions()).isEqualTo(6);
        assertThat(REPORT.accuracy()).isEqualTo(0.5);
        assertThat(REPORT.firstRanked()).isEqualTo(0.75);
        assertThat(REPORT.falseAbstention()).isEqualTo(0.25);
        assertThat(REPORT.abstentionRecall()).isEqualTo(0.5);
    }

    @Test
    void separationCountsTiesHalf() {
        assertThat(REPORT.separation()).isCloseTo((4 + 2.5) / 8, within(1e-12));
    }

    @Test
    void calibrationComparesConfidenceWithSuccess() {
        // bins: .95 right; .65 right; .75 wrong; .45 right; .85 right and .85 wrong
        assertThat(REPORT.calibrationError())
                .isCloseTo((0.05 + 0.35 + 0.75 + 0.55 + 0.7) / 6, within(1e-9));
    }

    @Test
    void placementsAreCounted() {
        assertThat(REPORT.placements())
                .isEqualTo(
                        Map.of(
                                "a", Map.of("a", 2, "none", 1),
                                "b", Map.of("a", 1),
                                "none", Map.of("a", 1, "none", 1)));
    }

    @Test
    void bothFormsSayTheSame() throws JsonProcessingException {
        JsonNode json = new ObjectMapper().valueToTree(REPORT);
        assertThat(json.get("false_abstention").doubleValue()).isEqualTo(0.25);
        assertThat(json.get("placements").get("b").get("a").intValue()).isEqualTo(1);
        assertThat(REPORT.text())
                .contains("false abstention      25.00 %")
                .contains("b                  placed in {a=1}");
    }

    @Test
    void withoutQuestionsThereAreNoShares() {
        assertThat(Report.of(List.of()).accuracy()).isNaN();
        assertThat(Report.of(List.of()).separation()).isNaN();
    }

    /** A question that the router takes for {@code a} with this probability. */
    private static Outcome outcome(String truth, double probability, double none, boolean doubted) {
        Classification classification =
                new Classification(
                        List.of(new Ranked("a", probability)),
                        none,
                        0,
                        0,
                        doubted ? Set.of(Doubt.BELONGS_TO_NONE) : Set.of());
        return Outcome.of(new LabelledQuestion("?", truth), classification, 0.5);
    }
}
