package io.consort.service.bench;

import io.consort.service.bench.load.EventLoop;
import io.consort.service.bench.load.Figures;
import io.consort.service.bench.load.Load;
import io.consort.service.bench.load.StubServer;
import java.time.Duration;

/**
 * The single measurements; each runs one load on one server and fails when a request fails.
 * Numbered prompts never come twice, not even in different measurements.
 */
final class Phases {

    /** Streams at once when stalls are looked for. */
    static final int STREAMS = 256;

    private static final Duration SLOW_PIECES = Duration.ofMillis(20);
    private static final Duration FAST_PIECES = Duration.ofMillis(1);
    private static final int FAST_COUNT = 8;

    private final EventLoop loop;
    private final StubServer stub;
    private final Duration duration;
    private long asked;

    Phases(EventLoop loop, StubServer stub, Duration duration) {
        this.loop = loop;
        this.stub = stub;
        this.duration = duration;
    }

    /** Whole answers for so many clients. */
    Figures answers(Target target, int connections, String prompt) {
        return checked(target, target.load(connections, prompt, false, asked).run(loop, duration));
    }

    /** Short streams with pieces one millisecond apart, one after the other. */
    Figures shortStreams(Target target) {
        stub.streams(FAST_COUNT, FAST_PIECES);
        return checked(target, target.load(1, Prompts.SHORT, true, asked).run(loop, duration));
    }

    /** Many long streams at once, with pieces twenty milliseconds apart. */
    Figures longStreams(Target target) {
        stub.streams((int) Math.max(2, duration.dividedBy(SLOW_PIECES)), SLOW_PIECES);
        Load load = target.load(STREAMS, Prompts.SHORT, true, asked);
        return checked(target, load.runOnce(loop, SLOW_PIECES));
    }

    private Figures checked(Target target, Figures figures) {
        asked += figures.answers().count() + STREAMS;
        figures.failure()
                .ifPresent(failure -> {
                    throw new BenchException(target.name() + ": " + failure);
                });
        return figures;
    }
}
