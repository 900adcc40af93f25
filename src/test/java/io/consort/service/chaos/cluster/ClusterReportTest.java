package io.consort.service.chaos.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClusterReportTest {

    private static final int DEAD = 2;

    @Test
    void whatIsAnsweredAndRecordedOnceIsClean() {
        Tally tally = tally();
        assertThat(report(tally, "none", Map.of(1L, 7L, 2L, 7L)).complaints()).isEmpty();
    }

    @Test
    void anAnswerThatIsNotInTheBooksIsLost() {
        assertThat(report(tally(), "none", Map.of(1L, 7L)).complaints())
                .containsExactly("calm: 1 answers are missing from the books");
    }

    @Test
    void anAnswerWithTheNumberOfAnotherIsADuplicate() {
        Tally tally = tally();
        tally.answer(2, false);
        assertThat(report(tally, "none", Map.of(1L, 7L, 2L, 7L)).complaints())
                .containsExactly("calm: 1 answers have the number of another");
    }

    @Test
    void aRecordThatNobodyAskedForIsADuplicate() {
        assertThat(report(tally(), "none", Map.of(1L, 7L, 2L, 7L, 3L, 7L)).complaints())
                .containsExactly("1 records are of requests that nobody can have made");
    }

    @Test
    void aRecordOfWhatADeadNodeTookWithItIsNone() {
        Tally tally = tally();
        tally.lose();
        assertThat(report(tally, "calm", Map.of(1L, 7L, 2L, 7L, 3L, 7L)).complaints()).isEmpty();
    }

    @Test
    void noRequestMayBeLeftWithoutAnAnswerWhereNoNodeDied() {
        Tally tally = tally();
        tally.lose();
        assertThat(report(tally, "none", Map.of(1L, 7L, 2L, 7L)).complaints())
                .containsExactly("calm: 1 requests were not answered although no node died");
    }

    @Test
    void streamsMayBreakOnTheNodeThatDiedAlone() {
        Tally tally = tally();
        tally.breakStream(DEAD);
        assertThat(report(tally, "calm", Map.of(1L, 7L, 2L, 7L)).complaints()).isEmpty();
        assertThat(report(tally, "none", Map.of(1L, 7L, 2L, 7L)).complaints()).hasSize(1);
        tally.breakStream(0);
        assertThat(report(tally, "calm", Map.of(1L, 7L, 2L, 7L)).complaints())
                .containsExactly("calm: 1 streams broke on nodes that went on");
    }

    @Test
    void refusalsDisorderAndWrongTokensAreTold() {
        Tally tally = tally();
        tally.refuse(503);
        tally.disorder();
        assertThat(report(tally, "calm", Map.of(1L, 7L, 2L, 14L)).complaints()).hasSize(3);
    }

    @Test
    void aFigureOutsideItsRangeIsTold() {
        ClusterReport report =
                new ClusterReport(
                        "HAProxy",
                        List.of(),
                        "none",
                        0,
                        List.of(
                                Measured.between("given", "given", 601, 570, 630),
                                Measured.between("given more", "more", 631, 570, 630)));
        assertThat(report.complaints()).containsExactly("given more: 631, not 570 to 630");
        assertThat(report.isClean()).isFalse();
    }

    @Test
    void programsReadTheSame() throws Exception {
        var json = new ObjectMapper().readTree(report(tally(), "none", Map.of(1L, 7L)).json());
        assertThat(json.path("faults").path(0).path("lost").asInt()).isEqualTo(1);
        assertThat(json.path("total").path("answered").asInt()).isEqualTo(2);
        assertThat(json.path("clean").asBoolean(true)).isFalse();
    }

    private static Tally tally() {
        Tally tally = new Tally("calm", 1);
        tally.send();
        tally.answer(1, true);
        tally.send();
        tally.answer(2, true);
        return tally;
    }

    private static ClusterReport report(Tally tally, String died, Map<Long, Long> books) {
        Books recorded = new Books(books);
        return new ClusterReport(
                "HAProxy",
                List.of(FaultRow.of(tally, recorded, tally.fault().equals(died) ? DEAD : -1)),
                died,
                recorded.besides(tally.answered()),
                List.of());
    }
}
