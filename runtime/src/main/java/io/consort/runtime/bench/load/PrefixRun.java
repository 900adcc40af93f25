package io.consort.runtime.bench.load;

import io.consort.runtime.backend.cpu.CpuBackend;
import io.consort.runtime.bench.MadeUpModel;
import io.consort.runtime.engine.Engine;
import io.consort.runtime.engine.EngineModel;
import io.consort.runtime.engine.EngineSettings;
import io.consort.runtime.model.Checkpoint;
import io.consort.runtime.model.DecoderModel;
import io.consort.runtime.model.KvCache;
import io.consort.runtime.model.Models;
import io.consort.runtime.model.WarmUp;
import io.consort.runtime.weights.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.Stream;

/** Asks two questions about the same long text, for several texts. */
final class PrefixRun {

    /** Tokens that two prompts have in common. */
    static final int PREFIX = 512;

    private static final int QUESTION = 8;
    private static final int ROUNDS = 5;
    private static final MadeUpModel MODEL =
            new MadeUpModel("made-up-110m", 16384, 768, 2048, 14, 12, 6);

    private PrefixRun() {}

    static PrefixResult of(int threads) throws IOException {
        Path parent = Files.createTempDirectory("consort-bench");
        try (CpuBackend backend = new CpuBackend(threads, Long.MAX_VALUE);
                Checkpoint checkpoint = Checkpoint.open(MODEL.write(parent, DType.BF16));
                DecoderModel decoder = Models.load(checkpoint, backend);
                Engine engine = Engine.start("prefix", EngineSettings.DEFAULT)) {
            WarmUp.run(decoder, Duration.ofSeconds(5));
            int blocks = 2 * ROUNDS * KvCache.blocksFor(PREFIX + QUESTION);
            try (EngineModel model = engine.add(decoder, blocks)) {
                return rounds(engine, model);
            }
        } finally {
            delete(parent);
        }
    }

    private static PrefixResult rounds(Engine engine, EngineModel model) {
        double[] first = new double[ROUNDS];
        double[] second = new double[ROUNDS];
        double[] share = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            int[] prompt =
                    new Random(round)
                            .ints(PREFIX + QUESTION, 0, model.model().config().vocabulary())
                            .toArray();
            first[round] = ask(engine, model, prompt);
            int[] other = prompt.clone();
            Arrays.fill(other, PREFIX, other.length, round);
            second[round] = ask(engine, model, other);
            share[round] = second[round] / first[round];
        }
        return new PrefixResult(median(first), median(second), median(share));
    }

    private static double ask(Engine engine, EngineModel model, int[] prompt) {
        FirstToken token = new FirstToken();
        var _ = engine.submit(model, Questions.greedy(prompt, 1), token);
        return token.milliseconds();
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static void delete(Path parent) throws IOException {
        try (Stream<Path> paths = Files.walk(parent)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
