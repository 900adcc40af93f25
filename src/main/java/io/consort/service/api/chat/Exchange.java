package io.consort.service.api.chat;

import io.consort.experts.chat.Cancellation;
import io.consort.experts.chat.Usage;
import io.consort.router.policy.Decision;
import io.consort.service.api.Call;
import io.consort.service.limit.Admission;
import io.consort.service.limit.Reckoning;
import io.consort.service.store.DecisionRow.Failure;
import io.consort.service.tenant.Lease;
import io.consort.service.tenant.Tenancy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one chat request on its way: everything is written once, in the order of the way.
 * Confined to the request's event loop.
 */
final class Exchange {

    private final Call call;
    private final Lease lease;
    private final Admission admission;
    private final ChatBody body;
    private final long id;
    private final long created;
    private final EventLoop loop;
    private final Cancellation cancellation = new Cancellation();
    private final List<Failure> failures = new ArrayList<>(0);
    private final List<Long> laterAttempts = new ArrayList<>(0);
    private @Nullable Decision decision;
    private String expert = "";
    private long asked;
    private long first;
    private Optional<Usage> usage = Optional.empty();
    private Optional<String> upstreamId = Optional.empty();
    private double spent;
    private long spentTokens;
    private long passed;
    private boolean ended;

    /**
     * A request that was let in.
     *
     * @param lease on the caller's tenancy; given back when the exchange ends
     * @param admission settled when the exchange ends
     * @param created seconds since 1970
     * @param defects told, on the event loop, what tasks of the loop throw
     */
    Exchange(
            Call call,
            Lease lease,
            Admission admission,
            ChatBody body,
            long id,
            long created,
            BiConsumer<Exchange, Throwable> defects) {
        this.call = call;
        this.lease = lease;
        this.admission = admission;
        this.body = body;
        this.id = id;
        this.created = created;
        this.loop = EventLoop.current(call.http().vertx(), defect -> defects.accept(this, defect));
    }

    Call call() {
        return call;
    }

    /** Whose experts are asked; their roster stays open until the exchange ends. */
    Tenancy tenancy() {
        return lease.tenancy();
    }

    /** What it has taken of its limits. */
    Admission admission() {
        return admission;
    }

    ChatBody body() {
        return body;
    }

    long id() {
        return id;
    }

    long created() {
        return created;
    }

    EventLoop loop() {
        return loop;
    }

    /** Cancelled when the client leaves. */
    Cancellation cancellation() {
        return cancellation;
    }

    /** The decision; asked for only after it was made. */
    Decision decision() {
        if (decision == null) {
            throw new IllegalStateException("nothing is decided yet");
        }
        return decision;
    }

    boolean isDecided() {
        return decision != null;
    }

    void decided(Decision made) {
        decision = made;
    }

    /** The expert that answers or was asked last. */
    String expert() {
        return expert;
    }

    /** The time of the first call of an expert fixes the overhead. */
    void asks(String next) {
        expert = next;
        if (asked == 0) {
            asked = System.nanoTime();
        } else {
            laterAttempts.add(totalMicros());
        }
    }

    /** Microseconds from the request's arrival at which the experts after the first were asked. */
    List<Long> laterAttempts() {
        return laterAttempts;
    }

    /** Experts asked in vain. */
    List<Failure> failures() {
        return failures;
    }

    void failed(Failure failure) {
        failures.add(failure);
    }

    /** The first byte of the answer is about to be sent. */
    void begins() {
        if (first == 0) {
            first = System.nanoTime();
        }
    }

    Optional<Usage> usage() {
        return usage;
    }

    void used(Optional<Usage> known) {
        if (known.isPresent()) {
            usage = known;
        }
    }

    /** USD for further samples of the answer. */
    double spent() {
        return spent;
    }

    /** Tokens of further samples of the answer. */
    long spentTokens() {
        return spentTokens;
    }

    void spends(double usd, long tokens) {
        spent += usd;
        spentTokens += tokens;
    }

    /** A piece of the answer was sent. */
    void passes() {
        passed++;
    }

    /**
     * The tokens of the answer; where nobody told them, what they are reckoned to be: of an answer
     * that had begun, those of the prompt and one for each piece that was sent.
     */
    Usage usedOrReckoned() {
        if (usage.isPresent()) {
            return usage.get();
        }
        return first == 0
                ? new Usage(0, 0)
                : new Usage(Reckoning.of(body.request()).promptTokens(), passed);
    }

    Optional<String> upstreamId() {
        return upstreamId;
    }

    void upstreamId(Optional<String> known) {
        upstreamId = known;
    }

    /** True the first time. */
    boolean end() {
        boolean now = !ended;
        ended = true;
        lease.close();
        return now;
    }

    boolean ended() {
        return ended;
    }

    /** Nanoseconds that this service took before it asked an expert. */
    long overhead() {
        return (asked == 0 ? System.nanoTime() : asked) - call.arrived();
    }

    /** Microseconds to the first byte, or 0 when there was none. */
    long firstMicros() {
        return first == 0 ? 0 : TimeUnit.NANOSECONDS.toMicros(first - call.arrived());
    }

    /** Microseconds until now. */
    long totalMicros() {
        return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - call.arrived());
    }
}
