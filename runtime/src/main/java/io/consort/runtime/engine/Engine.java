package io.consort.runtime.engine;

import io.consort.runtime.engine.EngineException.Reason;
import io.consort.runtime.model.DecoderModel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Runs the models of one device. One thread owns all sequences and runs all passes; everything else
 * asks it. Thread-safe.
 */
public final class Engine implements AutoCloseable {

    private final EngineSettings settings;
    private final EngineLoop loop;
    private final Thread thread;
    private final AtomicLong tickets = new AtomicLong();

    private Engine(String device, EngineSettings settings, LongSupplier clock) {
        this.settings = settings;
        this.loop = new EngineLoop(clock);
        this.thread = Thread.ofPlatform().name("engine-" + device).daemon().unstarted(loop);
    }

    /**
     * Starts an engine.
     *
     * @param device name of the device, for the thread's name
     */
    public static Engine start(String device, EngineSettings settings) {
        return start(device, settings, System::nanoTime);
    }

    static Engine start(String device, EngineSettings settings, LongSupplier clock) {
        Engine engine = new Engine(device, settings, clock);
        engine.thread.start();
        return engine;
    }

    /**
     * Takes a model on. From now on only the engine runs it; its owner closes it after the {@link
     * EngineModel}.
     *
     * @param cacheBlocks blocks for keys and values, allocated at once
     */
    public EngineModel add(DecoderModel model, int cacheBlocks) {
        return add(model, cacheBlocks, Residence.PERMANENT);
    }

    /**
     * Takes on a model whose weights come and go.
     *
     * @param residence gives every sequence the weights before it runs
     */
    public EngineModel add(DecoderModel model, int cacheBlocks, Residence residence) {
        EngineModel added =
                new EngineModel(this, model, model.newCache(cacheBlocks), residence, settings);
        loop.execute(() -> loop.add(added));
        return added;
    }

    /**
     * Begins a generation.
     *
     * @throws IllegalArgumentException if a token is outside the vocabulary, or prompt and answer
     *     together exceed {@link EngineModel#positions}
     * @throws EngineException if too many sequences wait, or the model is closed
     */
    public GenerationHandle submit(EngineModel model, Generation generation, TokenSink sink) {
        check(model, generation);
        if (model.closed() || loop.closing()) {
            throw closed();
        }
        if (!model.countIn(settings.sequences())) {
            throw new EngineException(
                    Reason.BUSY,
                    "%d answers of this model are under way or wait already; try again later"
                            .formatted(settings.sequences()));
        }
        Sequence sequence =
                new Sequence(
                        tickets.getAndIncrement(),
                        generation,
                        sink,
                        loop::nudge,
                        model.residence().ask(loop::nudge));
        loop.execute(() -> loop.join(model, sequence));
        return sequence;
    }

    /** Fails what is under way, closes the caches of all models and ends the thread. */
    @Override
    public void close() {
        loop.close();
        if (Thread.currentThread() != thread) {
            joinThread();
        }
    }

    void warmUp(EngineModel model, Duration duration) {
        loop.execute(() -> loop.warmUp(model, duration));
    }

    void remove(EngineModel model) {
        loop.executeAndWait(() -> loop.remove(model), thread);
    }

    static EngineException closed() {
        return new EngineException(Reason.CLOSED, "the model has been closed");
    }

    private static void check(EngineModel model, Generation generation) {
        int vocabulary = model.model().config().vocabulary();
        for (int token : generation.prompt()) {
            if (token < 0 || token >= vocabulary) {
                throw new IllegalArgumentException(
                        "the prompt has the token %d, but the model's vocabulary ends at %d; use the tokenizer that belongs to it"
                                .formatted(token, vocabulary - 1));
            }
        }
        if (generation.positions() > model.positions()) {
            throw new IllegalArgumentException(
                    "a prompt of %d tokens and an answer of %d exceed the model's %d positions; shorten one of them"
                            .formatted(
                                    generation.prompt().length,
                                    generation.maxTokens(),
                                    model.positions()));
        }
    }

    private void joinThread() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
