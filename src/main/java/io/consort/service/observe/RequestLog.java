package io.consort.service.observe;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/**
 * One line for each chat request. Costs the event loop the making of the line; it is written in
 * batches behind the answers. Thread-safe.
 */
public final class RequestLog implements ChatObserver {

    private final LineWriter writer;
    private final InstantSource clock;
    private final TimeText times = new TimeText();
    private final boolean json;

    /**
     * A log that goes to this writer, which stays the caller's.
     *
     * @param json whether lines are JSON objects
     */
    public RequestLog(LineWriter writer, InstantSource clock, boolean json) {
        this.writer = writer;
        this.clock = clock;
        this.json = json;
    }

    @Override
    public void ended(ChatFacts facts) {
        String line = RequestLine.of(facts, times.of(clock.instant()), json);
        writer.add(line.getBytes(StandardCharsets.UTF_8));
    }
}
