package io.consort.experts.guard;

import io.consort.experts.GuardSettings;
import io.consort.experts.chat.Answer;
import io.consort.experts.chat.ChatCall;
import io.consort.experts.chat.ChatExpert;
import io.consort.experts.chat.ExpertException;
import io.consort.experts.chat.Whereabouts;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An expert behind its guard:
 *
 * <ul>
 *   <li>at most so many answers at once; an answer counts until its stream has ended
 *   <li>no attempt while the circuit breaker is open
 *   <li>each attempt has a time limit for its first event (a request that does not stream: for the
 *       whole answer)
 *   <li>where its settings say so, a second attempt beside one that is slower than 95 of 100 before
 *       it; the first to begin an answer gives it, and at most a tenth of all calls are doubled
 *   <li>further attempts after connect errors, 429 and 5xx, with waits in between
 *   <li>a stream may not be silent for too long while its reader waits, nor last too long in all
 * </ul>
 *
 * Requests that the expert rejects, cannot honour, or that are cancelled are neither repeated nor
 * held against it.
 */
public final class GuardedExpert implements ChatExpert {

    private final boolean alwaysStreams;
    private final DoubleSupplier random;
    private volatile Guard guard;
    private @Nullable Probe probe;

    /**
     * @param expert closed with its guard
     * @param alwaysStreams whether its answers come in events even where the request does not
     *     stream, so that the first is due as soon
     */
    public GuardedExpert(
            ChatExpert expert, GuardSettings settings, Timers timers, boolean alwaysStreams) {
        this(
                expert,
                settings,
                timers,
                alwaysStreams,
                () -> ThreadLocalRandom.current().nextDouble());
    }

    GuardedExpert(
            ChatExpert expert,
            GuardSettings settings,
            Timers timers,
            boolean alwaysStreams,
            DoubleSupplier random) {
        this.alwaysStreams = alwaysStreams;
        this.random = random;
        guard = Guard.of(expert, settings, timers, random);
        probe(settings);
    }

    /**
     * Changes the guard. Calls that have begun keep to the settings that they began under; what was
     * seen of the expert stays known, and its circuit breaker stays as it is unless its own settings
     * change.
     */
    public void adjust(GuardSettings next) {
        if (next.equals(guard.settings())) {
            return;
        }
        boolean probesAnew = !next.probe().equals(guard.settings().probe());
        guard = guard.with(next, random);
        if (probesAnew) {
            probe(next);
        }
    }

    private synchronized void probe(GuardSettings settings) {
        if (probe != null) {
            probe.stop();
            probe = null;
        }
        settings.probe()
                .ifPresent(every -> {
                    probe = new Probe(this, guard.observations(), guard.timers(), every);
                    probe.begin();
                });
    }

    @Override
    public String id() {
        return guard.expert().id();
    }

    /** Answers that have begun, or are about to, and have not ended; a hedged one counts twice. */
    public int inFlight() {
        return guard.permits().taken();
    }

    /** Whether calls are refused or tried out. */
    public Circuit circuit() {
        return guard.breaker().circuit();
    }

    /** How the expert has done lately. */
    public Health health() {
        return guard.observations().health(circuit(), inFlight());
    }

    @Override
    public Optional<Whereabouts> whereabouts() {
        return guard.expert().whereabouts();
    }

    @Override
    public void foresee(double probability) {
        guard.expert().foresee(probability);
    }

    @Override
    public CompletionStage<Answer> open(ChatCall call) {
        Guard now = guard;
        if (!now.permits().tryTake()) {
            return CompletableFuture.failedFuture(
                    ExpertException.of(
                            ExpertException.Kind.OVERLOADED,
                            "Expert \"%s\" already gives %d answers, its `guard.concurrency`"
                                    .formatted(id(), now.settings().concurrency())));
        }
        GuardedCall guarded = new GuardedCall(now, call, firstEventLimit(now.settings(), call));
        guarded.begin();
        return guarded.opened();
    }

    private Duration firstEventLimit(GuardSettings settings, ChatCall call) {
        return alwaysStreams || call.request().stream()
                ? settings.firstToken()
                : settings.timeout();
    }

    @Override
    public void close() {
        synchronized (this) {
            if (probe != null) {
                probe.stop();
            }
        }
        guard.expert().close();
    }
}
