package io.consort.service.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.consort.experts.chat.Usage;
import io.consort.service.stage.Client;
import io.consort.service.store.DecisionRow;
import io.consort.service.store.DecisionRow.Failure;
import io.consort.service.store.DecisionRow.Outcome;
import io.consort.service.store.Principal;
import io.consort.service.store.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RequestLogTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final String TIME = "2026-11-26T12:00:00.000Z";

    @Test
    void aRequestIsOneLineWithItsDecision() {
        String line = RequestLine.of(facts("auto"), TIME, false);
        assertThat(line)
                .startsWith("time=2026-11-26T12:00:00.000Z decision=dec_")
                .contains(
                        " tenant=acme key=first model=auto policy=default category=weather"
                                + " expert=plain outcome=answered stream=true attempts=2"
                                + " input_tokens=7 output_tokens=2 cost_nano_usd=11000"
                                + " overhead_us=211 first_us=900 total_us=1500")
                .endsWith("\n");
        assertThat(line.lines()).hasSize(1);
    }

    @Test
    void timesHaveMillisecondsInEverySecond() {
        TimeText times = new TimeText();
        assertThat(times.of(NOW)).isEqualTo(TIME);
        assertThat(times.of(NOW.plusNanos(7_999_999))).isEqualTo("2026-11-26T12:00:00.007Z");
        assertThat(times.of(NOW.plusMillis(60_987))).isEqualTo("2026-11-26T12:01:00.987Z");
        assertThat(times.of(NOW)).isEqualTo(TIME);
        assertThat(times.of(Instant.EPOCH)).isEqualTo("1970-01-01T00:00:00.000Z");
    }

    @Test
    void aLineInJsonIsAnObject() {
        JsonNode line = Client.parse(RequestLine.of(facts("auto"), TIME, true));
        assertThat(line.path("decision").asText()).startsWith("dec_");
        assertThat(line.path("stream").asBoolean()).isTrue();
        assertThat(line.path("total_us").asLong()).isEqualTo(1500);
    }

    @Test
    void nobodyCanWriteLinesOfTheirOwn() {
        String evil = "x\"\n\r\u2028\u0000\u202e\ud800 outcome=answered \\";
        for (boolean json : new boolean[] {false, true}) {
            String line = RequestLine.of(facts(evil), TIME, json);
            assertThat(line.strip().lines()).hasSize(1);
            assertThat(line.strip()).matches("[ -~]+");
        }
        JsonNode parsed = Client.parse(RequestLine.of(facts(evil), TIME, true));
        assertThat(parsed.path("model").asText()).isEqualTo(evil);
    }

    @Test
    void whatWaitsIsWrittenBeforeTheEnd() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LineWriter writer = new LineWriter(out);
        RequestLog log = new RequestLog(writer, () -> NOW, false);
        for (int i = 0; i < 1_000; i++) {
            log.ended(facts("auto"));
        }
        writer.close();
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(1_000);
        assertThat(writer.lost()).isZero();
        log.ended(facts("auto"));
        assertThat(writer.lost()).isEqualTo(1);
    }

    @Test
    void linesThatFindNoRoomAreCountedAndHoldNobodyUp() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        OutputStream slow =
                new OutputStream() {
                    @Override
                    public void write(int one) {
                        written.write(one);
                    }

                    @Override
                    public void write(byte[] bytes, int from, int length) throws IOException {
                        stuck.countDown();
                        try {
                            if (!goOn.await(30, TimeUnit.SECONDS)) {
                                throw new IOException("nobody lets it go on");
                            }
                        } catch (InterruptedException interrupted) {
                            throw new IOException(interrupted);
                        }
                        written.write(bytes, from, length);
                    }
                };
        LineWriter writer = new LineWriter(slow);
        byte[] line = ("x".repeat(1023) + "\n").getBytes(StandardCharsets.UTF_8);
        writer.add(line);
        assertThat(stuck.await(30, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 1_100; i++) {
            writer.add(line);
        }
        assertThat(writer.lost()).isEqualTo(1_100 - 1_024);
        goOn.countDown();
        writer.close();
        assertThat(written.size()).isEqualTo(1_025 * 1_024);
    }

    private static ChatFacts facts(String asked) {
        DecisionRow row =
                new DecisionRow(
                        1234567,
                        "acme",
                        1,
                        Optional.empty(),
                        asked,
                        "default",
                        "v",
                        "weather",
                        0.9,
                        1,
                        "plain",
                        Outcome.ANSWERED,
                        Optional.of(new Usage(7, 2)),
                        0.000011,
                        211,
                        900,
                        1500,
                        List.of(new Failure("down", "UNREACHABLE", "no")));
        return new ChatFacts(
                row,
                new Principal("acme", 1, "first", Role.CHAT),
                true,
                List.of(),
                _ -> "openai",
                _ -> null);
    }
}
