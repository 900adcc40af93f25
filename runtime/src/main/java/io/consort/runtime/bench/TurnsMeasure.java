package io.consort.runtime.bench;

import io.consort.runtime.backend.cuda.CudaBackend;
import io.consort.runtime.backend.cuda.Precision;
import io.consort.runtime.backend.cuda.Quantisation;
import io.consort.runtime.engine.Engine;
import io.consort.runtime.engine.EngineModel;
import io.consort.runtime.engine.EngineSettings;
import io.consort.runtime.model.Checkpoint;
import io.consort.runtime.model.DecoderModel;
import io.consort.runtime.model.Models;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Measures what it costs that two models of one shape, both on the device, are asked in turn: through
 * the engine, one request after the other, beside as many requests to one of them.
 */
final class TurnsMeasure {

    /** Tokens of an answer. */
    static final int TOKENS = 64;

    private static final int PROMPT = 128;
    private static final int REQUESTS = 4;
    private static final int ROUNDS = 7;
    private static final int BLOCKS = 64;

    private TurnsMeasure() {}

    /**
     * Medians of interleaved rounds.
     *
     * @param alone seconds of a request, all of them to one model
     * @param inTurn seconds of a request, each to the other model than the one before
     */
    record Figures(double alone, double inTurn) {}

    /** @param folder receives a config.json */
    static Figures of(RandomModel shape, Path folder) {
        EngineSettings settings = new EngineSettings(64, 1024, 256).withoutReuse();
        try (CudaBackend backend = CudaBackend.open(Precision.MIXED, Quantisation.NONE);
                Checkpoint first = shape.make(folder, 1);
                Checkpoint second = shape.make(folder, 2);
                DecoderModel firstModel = Models.load(first, backend);
                DecoderModel secondModel = Models.load(second, backend);
                Engine engine = Engine.start("turns", settings);
                EngineModel one = engine.add(firstModel, BLOCKS);
                EngineModel other = engine.add(secondModel, BLOCKS)) {
            double[] alone = new double[ROUNDS];
            double[] inTurn = new double[ROUNDS];
            for (int round = -1; round < ROUNDS; round++) {
                EngineModel single = round % 2 == 0 ? one : other;
                double of = seconds(engine, single, single);
                double ofBoth = seconds(engine, one, other);
                if (round >= 0) {
                    alone[round] = of;
                    inTurn[round] = ofBoth;
                }
            }
            return new Figures(median(alone), median(inTurn));
        }
    }

    private static double seconds(Engine engine, EngineModel one, EngineModel other) {
        long begin = System.nanoTime();
        for (int i = 0; i < REQUESTS; i++) {
            TokenTimes.of(engine, i % 2 == 0 ? one : other, PROMPT, TOKENS);
        }
        return (System.nanoTime() - begin) / 1e9 / REQUESTS;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
