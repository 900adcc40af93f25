package io.consort.runtime.bench;

import io.consort.runtime.backend.Backend;
import io.consort.runtime.backend.Choice;
import io.consort.runtime.backend.Chosen;
import io.consort.runtime.model.Batch;
import io.consort.runtime.model.Checkpoint;
import io.consort.runtime.model.DecoderModel;
import io.consort.runtime.model.KvCache;
import io.consort.runtime.model.KvSequence;
import io.consort.runtime.model.Models;
import io.consort.runtime.model.Pass;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Measures models of one shape that decode a sequence each: one after the other, and together. */
final class GpuTogetherBench implements AutoCloseable {

    private static final int RUNS = 5;

    private record Stream(DecoderModel model, KvCache cache, KvSequence sequence, int[] next) {}

    /**
     * Seconds in which every model makes a token.
     *
     * @param separate one model after the other
     * @param together as one
     */
    record Result(double separate, double together) {}

    private final List<Checkpoint> checkpoints = new ArrayList<>();
    private final List<DecoderModel> models = new ArrayList<>();

    GpuTogetherBench(RandomModel shape, int count, Path folder, Backend backend) {
        for (int i = 0; i < count; i++) {
            Checkpoint checkpoint = shape.make(folder, i);
            checkpoints.add(checkpoint);
            models.add(Models.load(checkpoint, backend));
        }
    }

    /** Measures both in turns, at growing contexts. */
    Result measure(int context, int tokens) {
        List<Stream> streams = models.stream().map(model -> open(model, context + tokens)).toList();
        streams.forEach(stream -> step(List.of(stream), List.of(prompt(stream.model(), context))));
        double[] separate = new double[RUNS];
        double[] together = new double[RUNS];
        for (int run = -1; run < RUNS; run++) {
            double one = seconds(streams, context, tokens, false);
            double all = seconds(streams, context, tokens, true);
            if (run >= 0) {
                separate[run] = one;
                together[run] = all;
            }
        }
        streams.forEach(stream -> {
            stream.sequence().close();
            stream.cache().close();
        });
        return new Result(median(separate), median(together));
    }

    private static double seconds(List<Stream> streams, int context, int tokens, boolean together) {
        for (Stream stream : streams) {
            stream.sequence().truncate(context);
            stream.sequence().reserve(tokens);
        }
        long begin = System.nanoTime();
        if (together) {
            for (int token = 0; token < tokens; token++) {
                step(streams, nextOf(streams));
            }
        } else {
            for (Stream stream : streams) {
                for (int token = 0; token < tokens; token++) {
                    step(List.of(stream), nextOf(List.of(stream)));
                }
            }
        }
        return (System.nanoTime() - begin) / 1e9 / tokens;
    }

    private static List<int[]> nextOf(List<Stream> streams) {
        return streams.stream().map(stream -> stream.next().clone()).toList();
    }

    private static void step(List<Stream> streams, List<int[]> tokens) {
        List<Pass> passes = new ArrayList<>();
        for (int i = 0; i < streams.size(); i++) {
            Stream stream = streams.get(i);
            Batch batch = Batch.of(stream.sequence(), tokens.get(i), Batch.Wanted.LAST);
            Pass pass = stream.model().begin(batch, stream.cache());
            passes.add(pass);
            pass.runTo(stream.model().config().layers());
        }
        List<int[]> chosen =
                passes.size() == 1
                        ? List.of(passes.getFirst().finishGreedily())
                        : tokens(
                                Pass.finishTogether(
                                        passes,
                                        Collections.nCopies(
                                                passes.size(), List.of(Choice.GREEDY))));
        for (int i = 0; i < chosen.size(); i++) {
            streams.get(i).next()[0] = chosen.get(i)[0];
        }
        passes.forEach(Pass::close);
    }

    private static List<int[]> tokens(List<Chosen> chosen) {
        return chosen.stream().map(Chosen::tokens).toList();
    }

    private static Stream open(DecoderModel model, int positions) {
        KvCache cache = model.newCache(KvCache.blocksFor(positions));
        KvSequence sequence = cache.open();
        sequence.reserve(positions);
        return new Stream(model, cache, sequence, new int[1]);
    }

    private static int[] prompt(DecoderModel model, int size) {
        int[] tokens = new int[size];
        Arrays.setAll(tokens, i -> (31 * i + 101) % model.config().vocabulary());
        return tokens;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    @Override
    public void close() {
        models.forEach(DecoderModel::close);
        checkpoints.forEach(Checkpoint::close);
    }
}
