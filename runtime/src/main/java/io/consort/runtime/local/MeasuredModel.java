package io.consort.runtime.local;

import io.consort.runtime.bench.TokenTimes;
import io.consort.runtime.engine.Engine;
import io.consort.runtime.engine.EngineModel;
import io.consort.runtime.model.Checkpoint;
import io.consort.runtime.model.DecoderModel;
import io.consort.runtime.model.Models;
import io.consort.runtime.tiers.Residency.Standing;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A model in an engine that is measured. Owns the checkpoint. */
record MeasuredModel(
        Engine engine, Checkpoint checkpoint, DecoderModel decoder, EngineModel model, Berth berth)
        implements AutoCloseable {

    private static final int BLOCKS = 64;
    private static final int PROMPT = 16;
    private static final long LOOK_AGAIN_NANOS = 1_000_000;

    static MeasuredModel of(Engine engine, Hosting hosting, Checkpoint checkpoint) {
        Berth berth = hosting.berth(checkpoint.path(), checkpoint.weights().bytes());
        DecoderModel decoder = Models.load(checkpoint, berth.backend());
        EngineModel model = engine.add(decoder, BLOCKS, berth.residence());
        berth.admit();
        return new MeasuredModel(engine, checkpoint, decoder, model, berth);
    }

    /** Seconds from a question to the first token; comes back when the answer has ended. */
    double ask() {
        return ask(1).getFirst();
    }

    /** Seconds from a question to each token. */
    List<Double> ask(int tokens) {
        return TokenTimes.of(engine, model, PROMPT, tokens);
    }

    /** Waits until the model has its pinned copy. */
    void awaitPinned() {
        while (berth.standing().filter(Standing::copied).isEmpty()) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    @Override
    public void close() {
        model.close();
        berth.leave();
        decoder.close();
        berth.close();
        checkpoint.close();
    }
}
