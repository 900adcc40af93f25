package io.consort.service.observe;

import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.sdk.trace.IdGenerator;

/**
 * Ids of traces and spans. Those of a request follow from the id of its decision, so that they are
 * known before its span is made; all others are random. Thread-safe.
 */
final class TraceIds implements IdGenerator {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final long NONE = 0;

    private final ThreadLocal<Pending> pending = ThreadLocal.withInitial(Pending::new);

    /** Whose span and whose trace are asked for next, in this order, on one thread. */
    private static final class Pending {
        private long span = NONE;
        private long trace = NONE;
    }

    /** The trace of a decision that continues no other. */
    static String trace(long decision) {
        return TraceId.fromLongs(mixed(decision), mixed(decision + GOLDEN));
    }

    /** The span of a decision. */
    static String span(long decision) {
        return SpanId.fromLong(mixed(decision + 2 * GOLDEN) | 1);
    }

    /** The span that this thread makes next is that of the decision. */
    void expect(long decision) {
        pending.get().span = decision;
    }

    @Override
    public String generateSpanId() {
        Pending now = pending.get();
        now.trace = now.span;
        now.span = NONE;
        return now.trace == NONE ? IdGenerator.random().generateSpanId() : span(now.trace);
    }

    @Override
    public String generateTraceId() {
        long decision = pending.get().trace;
        return decision == NONE ? IdGenerator.random().generateTraceId() : trace(decision);
    }

    /** Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014. */
    private static long mixed(long value) {
        long mixed = value;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
