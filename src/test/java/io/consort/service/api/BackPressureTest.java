package io.consort.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.service.stage.Client;
import io.consort.service.stage.Stage;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

@QuarkusTest
class BackPressureTest extends OnStage {

    /** Both ends' socket buffers and what the service itself holds fit into this many chunks. */
    private static final int BOUND = 16_000;

    private static final long SECOND = 1_000_000_000L;

    @Test
    void aClientThatStopsReadingStopsTheProducer() throws IOException {
        try (SlowSocket socket = new SlowSocket(service)) {
            socket.post(Client.chat("endless", "x", ",\"stream\":true"));
            assertThat(socket.read(64 * 1024)).contains("200 OK", "data: ");
            int stopped = untilStill();
            assertThat(stopped).isLessThan(BOUND);

            socket.read(8 * 1024 * 1024);
            assertThat(untilStill()).as("reading on lets it go on").isGreaterThan(stopped);
        }
    }

    /** The number of chunks produced once it has not grown for a second. */
    private static int untilStill() {
        int before = -1;
        int now = Stage.upstream().written("endless");
        while (now != before) {
            LockSupport.parkNanos(SECOND);
            before = now;
            now = Stage.upstream().written("endless");
        }
        return now;
    }
}
