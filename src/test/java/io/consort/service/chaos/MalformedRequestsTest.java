package io.consort.service.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.service.stage.Client;
import io.consort.service.stage.Stage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same requests as {@code consort chaos fuzz} sends, fewer of them. */
@QuarkusTest
@QuarkusTestResource(Stage.class)
class MalformedRequestsTest {

    private static final int COUNT = 5_000;

    @TestHTTPResource("/")
    private URI service = URI.create("http://127.0.0.1");

    @Test
    @Timeout(180)
    void noneOfThemIsTheServicesFaultAndNoConnectionStaysOpen() throws Exception {
        FuzzRequests requests = new FuzzRequests(Stage.key(), 20261126);
        FuzzReport report =
                FuzzRun.against(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), service.getPort()),
                        requests,
                        COUNT,
                        _ -> {});
        assertThat(report.broken()).as(report.text()).isEmpty();
        assertThat(report.failures()).as(report.text()).isZero();
        assertThat(report.silent()).as(report.text()).isZero();
        assertThat(report.statuses()).containsKeys(400, 401, 404, 405, 414, 431);
        assertThat(report.leftOpen().orElse(0)).as(report.text()).isZero();
        assertThat(Client.of(service).get("/v1/models").status()).isEqualTo(200);
    }
}
