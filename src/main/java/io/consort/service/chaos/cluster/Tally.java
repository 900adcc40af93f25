package io.consort.service.chaos.cluster;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** What clients saw from the beginning of a fault to the next. Thread-safe. */
final class Tally {

    private final String fault;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong unanswered = new AtomicLong();
    private final AtomicLong twice = new AtomicLong();
    private final Set<Long> answered = ConcurrentHashMap.newKeySet();
    private final Map<Integer, Long> refused = new ConcurrentSkipListMap<>();
    private final AtomicLong streams = new AtomicLong();
    private final AtomicLong whole = new AtomicLong();
    private final AtomicLong disordered = new AtomicLong();
    private final Map<Integer, Long> broken = new ConcurrentSkipListMap<>();

    Tally(String fault, long running) {
        this.fault = fault;
        streams.set(running);
    }

    String fault() {
        return fault;
    }

    void send() {
        sent.incrementAndGet();
    }

    /** An answer with this number came; {@code first} unless another had it. */
    void answer(long id, boolean first) {
        answered.add(id);
        if (!first) {
            twice.incrementAndGet();
        }
    }

    void refuse(int status) {
        refused.merge(status, 1L, Long::sum);
    }

    void lose() {
        unanswered.incrementAndGet();
    }

    void beginStream() {
        streams.incrementAndGet();
    }

    void endStream() {
        whole.incrementAndGet();
    }

    /** A stream of this node stopped in its middle. */
    void breakStream(int node) {
        broken.merge(node, 1L, Long::sum);
    }

    /** A stream ended with pieces missing, twice or in another order. */
    void disorder() {
        disordered.incrementAndGet();
    }

    long sent() {
        return sent.get();
    }

    /** Requests that ended without an answer: their node died with them. */
    long unanswered() {
        return unanswered.get();
    }

    /** Answers that had another's number. */
    long twice() {
        return twice.get();
    }

    /** Numbers of decisions that were answered, by streams too. */
    Set<Long> answered() {
        return answered;
    }

    /** How many answers with other statuses than 200. */
    Map<Integer, Long> refused() {
        return refused;
    }

    /** Streams that ran at some time. */
    long streams() {
        return streams.get();
    }

    long whole() {
        return whole.get();
    }

    long disordered() {
        return disordered.get();
    }

    /** Streams that broke, by node. */
    Map<Integer, Long> broken() {
        return broken;
    }
}
