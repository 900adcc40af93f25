package io.consort.runtime.engine;

import io.consort.runtime.model.KvCache;
import io.consort.runtime.model.KvSequence;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A generation's tokens, and the keys and values computed for them. Only {@link #cancel} and {@link
 * #wake} may be called by other threads than the engine's.
 */
final class Sequence implements GenerationHandle {

    private final long ticket;
    private final Generation generation;
    private final TokenSink sink;
    private final Runnable nudge;
    private int[] tokens;
    private int length;
    private @Nullable KvSequence kept;
    private long lastTurn;
    private volatile boolean cancelled;

    /**
     * @param ticket orders sequences by arrival
     * @param nudge makes the engine look at its sequences
     */
    Sequence(long ticket, Generation generation, TokenSink sink, Runnable nudge) {
        this.ticket = ticket;
        this.generation = generation;
        this.sink = sink;
        this.nudge = nudge;
        this.tokens = generation.prompt().clone();
        this.length = tokens.length;
    }

    long ticket() {
        return ticket;
    }

    Generation generation() {
        return generation;
    }

    TokenSink sink() {
        return sink;
    }

    boolean ready() {
        return sink.ready();
    }

    /** Whether it holds a place in the cache. */
    boolean running() {
        return kept != null;
    }

    boolean cancelled() {
        return cancelled;
    }

    /** Time until its deadline; without one, as much as there can be. */
    long nanosLeft(long now) {
        return generation.deadline().isPresent()
                ? generation.deadline().getAsLong() - now
                : Long.MAX_VALUE;
    }

    /** Tokens of prompt and answer. */
    int length() {
        return length;
    }

    /** Tokens of the answer. */
    int generated() {
        return length - generation.prompt().length;
    }

    /** Tokens without keys and values; one when only the newest is missing. */
    int pending() {
        return length - kept().length();
    }

    /** The first {@code count} pending tokens. */
    int[] pendingTokens(int count) {
        int start = kept().length();
        return Arrays.copyOfRange(tokens, start, start + count);
    }

    KvSequence kept() {
        if (kept == null) {
            throw new IllegalStateException("the sequence holds no place in the cache");
        }
        return kept;
    }

    /** Opens a place in the cache with room for all tokens there are. */
    boolean open(KvCache cache) {
        KvSequence opened = cache.open();
        if (!opened.reserve(length)) {
            opened.close();
            return false;
        }
        opened.expect(length);
        kept = opened;
        return true;
    }

    /** Gives the place in the cache back. */
    void release() {
        if (kept != null) {
            kept.close();
            kept = null;
        }
    }

    /** Forgets all keys and values; every token is pending again. */
    void startOver() {
        kept().truncate(0);
        kept().expect(length);
    }

    void append(int token) {
        if (length == tokens.length) {
            tokens = Arrays.copyOf(tokens, length + Math.max(16, length / 2));
        }
        tokens[length++] = token;
    }

    /** Orders sequences by when they were served last. */
    long lastTurn() {
        return lastTurn;
    }

    void tookTurn(long stamp) {
        lastTurn = stamp;
    }

    @Override
    public void cancel() {
        cancelled = true;
        nudge.run();
    }

    @Override
    public void wake() {
        nudge.run();
    }
}
