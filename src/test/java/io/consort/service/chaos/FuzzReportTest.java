package io.consort.service.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class FuzzReportTest {

    @Test
    void anAnswerThatBlamesTheServiceIsAFailure() {
        assertThat(report(Map.of(200, 5L, 400, 4L), 0, 0).isClean()).isTrue();
        FuzzReport failed = report(Map.of(400, 4L, 500, 1L, 503, 2L), 0, 0);
        assertThat(failed.isClean()).isFalse();
        assertThat(failed.failures()).isEqualTo(3);
        assertThat(failed.json()).contains("\"500\":1", "\"failures\":3", "\"clean\":false");
    }

    @Test
    void silenceAndConnectionsLeftOpenAreFailures() {
        assertThat(report(Map.of(400, 1L), 1, 0).isClean()).isFalse();
        assertThat(report(Map.of(400, 1L), 0, 1).isClean()).isFalse();
    }

    @Test
    void theWorstOfSeveralAnswersCounts() {
        assertThat(FuzzRun.status("HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 500 X\r\n\r\n")).isEqualTo(500);
        assertThat(FuzzRun.status("HTTP/1.1 400 Bad\r\n\r\n")).isEqualTo(400);
        assertThat(FuzzRun.status("HTP/1.1 400 Bad\r\n\r\n")).isEqualTo(400);
        assertThat(FuzzRun.status("what is this")).isEqualTo(599);
    }

    @Test
    void theSameSeedMakesTheSameRequests() {
        FuzzRequests one = new FuzzRequests("key", 7);
        FuzzRequests same = new FuzzRequests("key", 7);
        FuzzRequests other = new FuzzRequests("key", 8);
        boolean differs = false;
        for (int i = 0; i < 10 * one.kinds(); i++) {
            byte[] bytes = one.next().bytes();
            assertThat(same.next().bytes()).isEqualTo(bytes);
            differs |= !Arrays.equals(other.next().bytes(), bytes);
        }
        assertThat(differs).isTrue();
        assertThat(one.kinds()).isEqualTo(20);
    }

    @Test
    void connectionsAreCountedByTheServersPortAndState() {
        List<String> table =
                List.of(
                        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt",
                        "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000",
                        "   1: 0100007F:1F90 0100007F:D431 01 00000000:00000000 00:00000000 00000000",
                        "   2: 0100007F:1F90 0100007F:D432 08 00000000:00000000 00:00000000 00000000",
                        "   3: 0100007F:1F90 0100007F:D433 06 00000000:00000000 00:00000000 00000000",
                        "   4: 0100007F:D431 0100007F:1F90 01 00000000:00000000 00:00000000 00000000");
        assertThat(OpenConnections.count(table, 8080)).isEqualTo(2);
        assertThat(OpenConnections.count(table, 9090)).isZero();
    }

    private static FuzzReport report(Map<Integer, Long> statuses, long silent, int open) {
        return new FuzzReport(10, statuses, 1, silent, List.of(), OptionalInt.of(open));
    }
}
