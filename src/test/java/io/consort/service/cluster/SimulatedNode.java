package io.consort.service.cluster;

import io.consort.experts.Limits;
import io.consort.service.limit.Admission;
import io.consort.service.limit.Ledger;
import io.consort.service.limit.Ledgers;
import io.consort.service.limit.Verdict;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** A node whose time and messages a test moves. */
final class SimulatedNode {

    private final SharedCounters counters;
    private final Ledgers ledgers;
    private final Deque<Message> inbox = new ArrayDeque<>();
    private final LongSupplier millis;

    private record Message(long due, byte[] report) {}

    SimulatedNode(String name, long life, LongSupplier millis) {
        this.counters = new SharedCounters(name, life, millis);
        this.ledgers = new Ledgers(counters, millis);
        this.millis = millis;
    }

    SharedCounters counters() {
        return counters;
    }

    Ledger ledger() {
        return ledgers.of("acme");
    }

    /** Limits the tenant. */
    SimulatedNode limit(OptionalLong requests, OptionalLong concurrent, OptionalDouble usdPerDay) {
        ledger().limit(
                        new Limits(
                                requests,
                                OptionalLong.empty(),
                                concurrent,
                                usdPerDay,
                                OptionalDouble.empty()),
                        Map.of());
        return this;
    }

    /** Whether a request is let in; it ends at once. */
    boolean admits() {
        Verdict verdict = ledger().admit("k", 0);
        if (verdict instanceof Admission admission) {
            admission.settle(0, 0);
            return true;
        }
        return false;
    }

    byte[] report(boolean farewell) {
        return counters.tell(CounterExchange.taken(ledgers), farewell).encode();
    }

    /** A message on its way, behind those before it. */
    void post(byte[] report, long delay) {
        long behind = inbox.isEmpty() ? 0 : inbox.getLast().due();
        inbox.add(new Message(Math.max(behind, millis.getAsLong() + delay), report));
    }

    void deliver() {
        while (!inbox.isEmpty() && inbox.getFirst().due() <= millis.getAsLong()) {
            counters.receive(Report.decode(inbox.removeFirst().report()));
        }
    }
}
