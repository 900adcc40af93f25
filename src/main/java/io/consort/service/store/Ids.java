package io.consort.service.store;

import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Numbers for decisions that grow with time, and their spelling. Thread-safe. A number is
 * milliseconds since 1970 and 20 bits that tell apart what happened within one of them: ten for the
 * process, ten that count.
 */
public final class Ids {

    private static final String DECISION = "dec_";
    private static final String COMPLETION = "chatcmpl-c";
    private static final int RADIX = 36;
    private static final int TELLING_APART = 20;

    private static final int COUNT = 10;
    private static final long COUNTS = (1L << COUNT) - 1;

    private final LongSupplier milliseconds;
    private final long start;
    private final AtomicLong last = new AtomicLong();

    /**
     * Numbers that follow this clock.
     *
     * @param start of this process; no two that run at once have the same, modulo 1024
     */
    public Ids(LongSupplier milliseconds, long start) {
        this.milliseconds = milliseconds;
        this.start = (start & COUNTS) << COUNT;
    }

    /** A number larger than all before. */
    public long next() {
        long now = first(milliseconds.getAsLong()) | start;
        return last.updateAndGet(before -> before < now ? now : after(before));
    }

    private long after(long before) {
        return ((before + 1) & COUNTS) != 0
                ? before + 1
                : first((before >> TELLING_APART) + 1) | start;
    }

    /** The smallest number of a time, in milliseconds since 1970. */
    public static long first(long milliseconds) {
        return milliseconds << TELLING_APART;
    }

    /** When a number was given out. */
    public static Instant instant(long id) {
        return Instant.ofEpochMilli(id >> TELLING_APART);
    }

    /** A decision's id as clients see it. */
    public static String decision(long id) {
        return DECISION + Long.toString(id, RADIX);
    }

    /** The id of the completion that a decision led to, where no remote server chose one. */
    public static String completion(long id) {
        return COMPLETION + Long.toString(id, RADIX);
    }

    /** The number behind one of our ids; empty for ids of others. */
    public static OptionalLong parse(String id) {
        String digits;
        if (id.startsWith(DECISION)) {
            digits = id.substring(DECISION.length());
        } else if (id.startsWith(COMPLETION)) {
            digits = id.substring(COMPLETION.length());
        } else {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(digits, RADIX));
        } catch (NumberFormatException foreign) {
            return OptionalLong.empty();
        }
    }
}
