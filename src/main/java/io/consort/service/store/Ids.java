package io.consort.service.store;

import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Numbers for decisions that grow with time, and their spelling. Thread-safe. A number is
 * milliseconds since 1970 and 20 bits that tell apart what happened within one of them.
 */
public final class Ids {

    private static final String DECISION = "dec_";
    private static final String COMPLETION = "chatcmpl-c";
    private static final int RADIX = 36;
    private static final int TELLING_APART = 20;

    private final LongSupplier milliseconds;
    private final AtomicLong last = new AtomicLong();

    /** Numbers that follow this clock. */
    public Ids(LongSupplier milliseconds) {
        this.milliseconds = milliseconds;
    }

    /** A number larger than all before. */
    public long next() {
        long now = first(milliseconds.getAsLong());
        return last.updateAndGet(before -> Math.max(before + 1, now));
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
