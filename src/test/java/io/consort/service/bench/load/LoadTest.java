package io.consort.service.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadTest {

    private static final String QUESTION = "{\"n\":\"" + Requests.NUMBER + "\",\"stream\":false}";
    private static final String STREAM = "{\"stream\":true}";

    private final EventLoop loop = new EventLoop();
    private final StubServer stub = new StubServer(loop);

    @AfterEach
    void closeTheLoop() {
        loop.close();
    }

    @Test
    void clientsAskAgainAndAgainUntilTheirTimeIsOver() {
        Figures figures = load(4, QUESTION).run(loop, Duration.ofSeconds(1));

        assertThat(figures.failure()).isEmpty();
        assertThat(figures.answers().count()).isGreaterThan(8);
        assertThat(figures.answersPerSecond()).isPositive();
        assertThat(figures.answers().quantile(0.5)).isPositive();
        assertThat(figures.overheads().count()).isZero();
    }

    @Test
    void aStreamComesInPiecesThatAreApart() {
        stub.streams(3, Duration.ofMillis(5));

        Figures figures = load(2, STREAM).runOnce(loop, Duration.ofMillis(2));

        assertThat(figures.failure()).isEmpty();
        assertThat(figures.answers().count()).isEqualTo(2);
        assertThat(figures.firstPieces().count()).isEqualTo(2);
        assertThat(figures.answers().quantile(0)).isGreaterThanOrEqualTo(10_000_000);
        assertThat(figures.gaps().quantile(1)).isGreaterThanOrEqualTo(1_000_000);
    }

    @Test
    void aServerThatClosesConnectionsIsReported() throws Exception {
        try (ClosingServer server = new ClosingServer()) {
            Figures figures =
                    new Load(server.port(), 1, Requests.chat(server.port(), "k", STREAM, 0))
                            .run(loop, Duration.ofMillis(50));

            assertThat(figures.failure())
                    .hasValueSatisfying(
                            failure -> assertThat(failure).contains("1 requests failed", "closed"));
        }
    }

    @Test
    void quantilesAreByNearestRank() {
        Samples samples = new Samples();
        for (int value = 100; value >= 1; value--) {
            samples.add(value);
        }

        assertThat(samples.quantile(0.5)).isEqualTo(50);
        assertThat(samples.quantile(0.99)).isEqualTo(99);
        assertThat(samples.quantile(1)).isEqualTo(100);
        assertThatThrownBy(() -> new Samples().quantile(0.5)).hasMessageContaining("nothing");
    }

    private Load load(int connections, String body) {
        return new Load(stub.port(), connections, Requests.chat(stub.port(), "key", body, 7));
    }
}
