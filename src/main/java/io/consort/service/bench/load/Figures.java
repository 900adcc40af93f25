package io.consort.service.bench.load;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a load measured. Not thread-safe. */
public final class Figures {

    private final Samples answers = new Samples();
    private final Samples firstPieces = new Samples();
    private final Samples gaps = new Samples();
    private final Samples overheads = new Samples();
    private long failures;
    private @Nullable String firstFailure;
    private long startNanos;
    private long endNanos;

    void began(long now) {
        startNanos = now;
    }

    void ended(long now) {
        endNanos = now;
    }

    void answered(long nanos) {
        answers.add(nanos);
    }

    void firstPiece(long nanos) {
        firstPieces.add(nanos);
    }

    void gap(long nanos) {
        gaps.add(nanos);
    }

    void overhead(long nanos) {
        overheads.add(nanos);
    }

    void failed(String what) {
        failures++;
        if (firstFailure == null) {
            firstFailure = what;
        }
    }

    /** Nanoseconds from a request's first byte out to its answer's last byte in. */
    public Samples answers() {
        return answers;
    }

    /** Nanoseconds from a request's first byte out to its answer's first body byte in. */
    public Samples firstPieces() {
        return firstPieces;
    }

    /** Nanoseconds between one arrival of body bytes and the next of the same answer. */
    public Samples gaps() {
        return gaps;
    }

    /** Nanoseconds that the gateway says it added. */
    public Samples overheads() {
        return overheads;
    }

    /** Whole answers in a second. */
    public double answersPerSecond() {
        return answers.count() * 1e9 / (endNanos - startNanos);
    }

    /** The first thing that went wrong and how often something did, where something did. */
    public Optional<String> failure() {
        return Optional.ofNullable(firstFailure)
                .map(first -> "%d requests failed, the first so: %s".formatted(failures, first));
    }
}
