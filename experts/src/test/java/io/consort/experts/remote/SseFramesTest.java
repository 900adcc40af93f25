package io.consort.experts.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseFramesTest {

    private static final String STREAM =
            """
            \uFEFF: a comment
            data: first

            id: 7
            retry: 100
            event: chunk
            data:second
            data:  line

            data

            event: error
            data: third

            error: fourth

            :
            datax: no
            data: fünfte 🌍

            """;
    private static final List<String> EVENTS =
            List.of("first", "second\n line", "!third", "!fourth", "fünfte 🌍");

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void aStreamGivesTheSameEventsWhereverItIsCut(String lineEnd) {
        byte[] bytes = STREAM.replace("\n", lineEnd).getBytes(UTF_8);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(3);
        for (int round = 0; round < 2000; round++) {
            int most = 1 + random.nextInt(bytes.length);
            assertThat(read(bytes, random, most)).isEqualTo(EVENTS);
        }
        assertThat(read(bytes, random, 1)).isEqualTo(EVENTS);
    }

    @Test
    void randomBytesGiveSomethingOrNothingButNoFailure() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(4);
        String alphabet = "dat: \r\n\n\nerov\u0000ü";
        for (int round = 0; round < 5000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            byte[] bytes = text.toString().getBytes(UTF_8);
            assertThat(read(bytes, random, 5)).isEqualTo(read(bytes, random, 1000));
        }
    }

    @Test
    void anEventThatTheStreamEndsInIsNotLost() {
        SseFrames frames = new SseFrames(100);
        frames.feed("data: [DONE]".getBytes(UTF_8));
        assertThat(frames.next()).isNull();
        assertThat(frames.last())
                .extracting(SseFrames.Frame::data)
                .isEqualTo("[DONE]".getBytes(UTF_8));
        assertThat(frames.last()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: xxxxxxxxxxxxxxxxxxxx", "data: xxxxxx\ndata: xxxxxx\n"})
    void anEventThatIsTooLongIsRefused(String text) {
        SseFrames frames = new SseFrames(10);
        frames.feed(text.getBytes(UTF_8));
        assertThatThrownBy(frames::next).isInstanceOf(MalformedStreamException.class);
    }

    private static List<String> read(byte[] bytes, RandomGenerator random, int most) {
        SseFrames frames = new SseFrames(1000);
        List<String> events = new ArrayList<>();
        for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + 1 + random.nextInt(most));
            frames.feed(Arrays.copyOfRange(bytes, from, to));
            from = to;
            for (var frame = frames.next(); frame != null; frame = frames.next()) {
                events.add(text(frame));
            }
        }
        for (var frame = frames.last(); frame != null; frame = frames.last()) {
            events.add(text(frame));
        }
        return events;
    }

    private static String text(SseFrames.Frame frame) {
        return (frame.error() ? "!" : "") + new String(frame.data(), UTF_8);
    }
}
