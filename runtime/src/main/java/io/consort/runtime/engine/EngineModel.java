package io.consort.runtime.engine;

import io.consort.runtime.model.DecoderModel;
import io.consort.runtime.model.KvCache;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A model that an engine runs, and its cache. Thread-safe. */
public final class EngineModel implements AutoCloseable {

    /**
     * What a model is busy with.
     *
     * @param waiting sequences that hold no blocks
     * @param running sequences that hold blocks
     */
    public record Load(int waiting, int running, int freeBlocks, int blocks) {}

    private final Engine engine;
    private final DecoderModel model;
    private final KvCache cache;
    private final Residence residence;
    private final Lane lane;
    private final AtomicInteger unfinished = new AtomicInteger();
    private volatile Load load;
    private volatile boolean closed;

    EngineModel(
            Engine engine,
            DecoderModel model,
            KvCache cache,
            Residence residence,
            EngineSettings settings) {
        this.engine = engine;
        this.model = model;
        this.cache = cache;
        this.residence = residence;
        this.lane = new Lane(cache, settings);
        this.load = new Load(0, 0, cache.blocks(), cache.blocks());
    }

    /** The model itself; only the engine may run it. */
    public DecoderModel model() {
        return model;
    }

    /** Positions of one sequence at most: the model's context, or what the cache holds. */
    public int positions() {
        return (int) Math.min(model.config().context(), (long) cache.blocks() * KvCache.BLOCK);
    }

    /** Whether keys and values of fewer positions are worthless for a sequence of this length. */
    boolean outgrownAt(int length) {
        OptionalInt limit = model.config().cacheValidUpTo();
        return limit.isPresent() && length == limit.getAsInt() + 1;
    }

    /** What it is busy with, as the engine's pass found it. */
    public Load load() {
        return load;
    }

    /**
     * Has the model run on made-up tokens while the engine has nothing else to do, so that the first
     * answers are not slow. A request waits for one such pass at most.
     *
     * @param duration that these passes may take together
     */
    public void warmUp(Duration duration) {
        engine.warmUp(this, duration);
    }

    /**
     * Fails what is under way and frees the cache; the model stays open. Waits for the pass that is
     * running. Closing twice changes nothing.
     */
    @Override
    public void close() {
        engine.remove(this);
    }

    KvCache cache() {
        return cache;
    }

    Lane lane() {
        return lane;
    }

    Residence residence() {
        return residence;
    }

    /** Counts a sequence in, unless there are too many. */
    boolean countIn(int limit) {
        if (unfinished.incrementAndGet() > limit) {
            unfinished.decrementAndGet();
            return false;
        }
        return true;
    }

    /** Counts a sequence out. */
    void countOut() {
        unfinished.decrementAndGet();
    }

    /**
     * Forgets a sequence, gives its blocks back and its claim on the weights up.
     *
     * @return false when it is gone already
     */
    boolean drop(Sequence sequence) {
        boolean there = lane.drop(sequence);
        if (there) {
            countOut();
            leave(sequence);
        }
        return there;
    }

    /** The device is done with the weights before the claim on them ends. */
    private void leave(Sequence sequence) {
        try {
            model.settle();
        } catch (RuntimeException failure) {
            residence.failed(failure);
        } finally {
            sequence.stay().close();
        }
    }

    /** Forgets those that the condition holds for, gives their blocks back and returns them. */
    List<Sequence> drop(Predicate<Sequence> condition) {
        List<Sequence> dropped = lane.all().stream().filter(condition).toList();
        dropped.forEach(this::drop);
        return dropped;
    }

    void publishLoad() {
        Load now =
                new Load(
                        lane.waitingCount(),
                        lane.runningCount(),
                        cache.freeBlocks(),
                        cache.blocks());
        if (!now.equals(load)) {
            load = now;
        }
    }

    boolean closed() {
        return closed;
    }

    void markClosed() {
        closed = true;
    }
}
