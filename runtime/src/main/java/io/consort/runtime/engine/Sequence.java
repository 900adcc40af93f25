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
    private final Stay stay;
    private int[] tokens;
    private int length;
    private @Nullable KvSequence kept;
    private int reached;
    private int cached;
    private long lastTurn;
    private volatile boolean cancelled;

    /**
     * @param ticket orders sequences by arrival
     * @param nudge makes the engine look at its sequences
     * @param stay its claim on the model's weights, which it owns
     */
    Sequence(long ticket, Generation generation, TokenSink sink, Runnable nudge, Stay stay) {
        this.ticket = ticket;
        this.generation = generation;
        this.sink = sink;
        this.nudge = nudge;
        this.stay = stay;
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

    /** Its claim on the model's weights. */
    Stay stay() {
        return stay;
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

    /**
     * Pending tokens that one pass may compute. Where rotary frequencies change during the answer,
     * its tokens are computed one by one also when they are computed anew.
     */
    int computable() {
        int prompt = generation.prompt().length;
        if (kept().cache().recomputesAtOnce(prompt, length)) {
            return pending();
        }
        return kept().length() < prompt ? prompt - kept().length() : 1;
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

    /**
     * Opens a place in the cache, which has no room reserved.
     *
     * @param reuse whether what others computed for the same tokens under the same key is taken,
     *     and theirs given
     */
    void open(KvCache cache, boolean reuse) {
        KvSequence opened = reuse ? cache.open(generation.key()) : cache.open();
        int prompt = generation.prompt().length;
        opened.expect(cache.recomputesAtOnce(prompt, length) ? length : prompt);
        kept = opened;
        reuse();
    }

    /** Takes what has been computed for its next tokens since it was opened. */
    void reuse() {
        int before = kept().length();
        int after = before + kept().reuse(tokens, before + computable());
        cached += Math.max(0, after - Math.max(before, reached));
        reached = Math.max(reached, after);
    }

    /** Counts tokens that a pass has computed. */
    void computed() {
        reached = Math.max(reached, kept().length());
    }

    /** Tokens of the prompt that were in the cache when they were needed first. */
    int cached() {
        return Math.min(cached, generation.prompt().length);
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
        reuse();
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
