package io.consort.runtime.local;

import io.consort.experts.chat.Answer;
import io.consort.experts.chat.ChatCall;
import io.consort.experts.chat.ChatExpert;
import io.consort.experts.chat.Whereabouts;
import io.consort.experts.chat.Whereabouts.Place;
import io.consort.runtime.engine.Engine;
import io.consort.runtime.tiers.Residency.Standing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/** A model of this process as an expert. */
final class LocalExpert implements ChatExpert {

    private static final Duration LONGEST = Duration.ofDays(365);

    private final String id;
    private final String owner;
    private final LocalModel model;
    private final long patience;
    private final Surroundings surroundings;
    private final Runnable release;
    private final Set<LocalCall> calls = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * What local experts share.
     *
     * @param seeds of requests that name none
     * @param executor runs what may take a while or belongs to others
     */
    record Surroundings(Engine engine, LongSupplier seeds, Executor executor) {}

    /**
     * @param owner whose prompts may take from each other; empty for everybody together
     * @param timeout for a whole answer; one that is not there by then is not computed any further
     * @param release gives the model back, once
     */
    LocalExpert(
            String id,
            String owner,
            LocalModel model,
            Duration timeout,
            Surroundings surroundings,
            Runnable release) {
        this.id = id;
        this.owner = owner;
        this.model = model;
        this.patience = (timeout.compareTo(LONGEST) > 0 ? LONGEST : timeout).toNanos();
        this.surroundings = surroundings;
        this.release = release;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public CompletionStage<Answer> open(ChatCall call) {
        if (call.cancellation().isCancelled()) {
            return CompletableFuture.failedFuture(LocalFailures.cancelled());
        }
        LocalCall local =
                new LocalCall(
                        model,
                        owner,
                        call.request(),
                        System.nanoTime() + patience,
                        surroundings.executor(),
                        calls::remove);
        calls.add(local);
        if (closed) {
            local.abort(LocalFailures.closed());
            return local.opened();
        }
        call.cancellation().onCancel(() -> local.abort(LocalFailures.cancelled()));
        long seed = call.request().sampling().seed().orElseGet(surroundings.seeds());
        surroundings.executor().execute(() -> local.start(id, surroundings.engine(), seed));
        return local.opened();
    }

    @Override
    public Optional<Whereabouts> whereabouts() {
        return model.berth().standing().map(LocalExpert::whereabouts);
    }

    private static Whereabouts whereabouts(Standing standing) {
        Place place =
                switch (standing.tier()) {
                    case DEVICE -> Place.DEVICE;
                    case PINNED -> Place.HOST;
                    case FILE -> Place.FILE;
                };
        return new Whereabouts(place, standing.moving(), standing.secondsToDevice());
    }

    @Override
    public void foresee(double probability) {
        surroundings.executor().execute(() -> model.berth().foresee(probability));
    }

    /** What the engine does for this expert's model, for reports. */
    LocalModel model() {
        return model;
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        List.copyOf(calls).forEach(call -> call.abort(LocalFailures.closed()));
        release.run();
    }
}
