package io.consort.runtime.bench;

import io.consort.runtime.backend.cpu.CpuBackend;
import io.consort.runtime.model.Batch;
import io.consort.runtime.model.Checkpoint;
import io.consort.runtime.model.DecoderModel;
import io.consort.runtime.model.KvCache;
import io.consort.runtime.model.KvSequence;
import io.consort.runtime.model.Logits;
import io.consort.runtime.model.Models;
import io.consort.runtime.weights.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Measures one model, in rounds that take turns with those of the read limit. */
final class ModelBench implements AutoCloseable {

    private static final int CONTEXT = 64;
    private static final int LONGEST_WARM_UP = 40;
    private static final int STEADY = 4;

    private final Path folder;
    private final double target;
    private final Checkpoint checkpoint;
    private final DecoderModel model;
    private final ReadLimit limit;
    private final long weightBytes;
    private final List<double[]> rounds = new ArrayList<>();

    ModelBench(Path folder, CpuBackend backend, BenchArguments arguments) {
        this.folder = folder;
        this.target = arguments.milliseconds() / 1e3;
        this.checkpoint = Checkpoint.open(folder);
        this.model = Models.load(checkpoint, backend);
        List<Tensor> read =
                checkpoint.weights().all().stream().filter(this::isReadByEveryStep).toList();
        this.limit = new ReadLimit(read, arguments.threads());
        this.weightBytes = read.stream().mapToLong(tensor -> tensor.data().byteSize()).sum();
    }

    private boolean isReadByEveryStep(Tensor tensor) {
        boolean embeddings = tensor.name().equals("model.embed_tokens.weight");
        return tensor.shape().size() == 2 && (!embeddings || checkpoint.config().tiedHead());
    }

    /** Runs everything until decoding has stopped getting faster. */
    void warmUp() {
        double best = 0;
        int steady = 0;
        for (int i = 0; i < LONGEST_WARM_UP && steady < STEADY; i++) {
            round();
            double decode = rounds.getLast()[1];
            steady = decode > best * 1.05 ? 0 : steady + 1;
            best = Math.max(best, decode);
        }
        rounds.clear();
    }

    /** One round: the read limit, then decoding, then prefill. */
    void round() {
        int times = (int) Math.max(1, target * 1e10 / weightBytes);
        double read = limit.seconds(times) / times;
        rounds.add(
                new double[] {
                    weightBytes / read / 1e9, decode(1), decode(BenchResult.BATCH), prefill()
                });
    }

    BenchResult result() {
        double read = median(0);
        double decode = median(1);
        double[] shares =
                rounds.stream()
                        .mapToDouble(round -> weightBytes * round[1] / (round[0] * 1e9))
                        .toArray();
        return new BenchResult(
                folder.toString(), weightBytes, read, decode, median(2), median(3), median(shares));
    }

    /** Tokens per second of so many sequences that run together. */
    private double decode(int sequences) {
        int tokens = CONTEXT;
        List<KvSequence> open = new ArrayList<>();
        try (KvCache cache = model.newCache(sequences * KvCache.blocksFor(CONTEXT + tokens))) {
            int[] next = new int[sequences];
            for (int i = 0; i < sequences; i++) {
                KvSequence sequence = cache.open();
                sequence.reserve(CONTEXT + tokens);
                open.add(sequence);
                model.forward(Batch.of(sequence, prompt(CONTEXT), Batch.Wanted.NONE), cache);
            }
            long begin = System.nanoTime();
            long steps = 0;
            while (System.nanoTime() - begin < target * 1e9) {
                for (KvSequence sequence : open) {
                    sequence.truncate(CONTEXT);
                    sequence.reserve(tokens);
                }
                for (int i = 0; i < tokens; i++) {
                    step(cache, open, next);
                }
                steps += tokens;
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            open.forEach(KvSequence::close);
            return steps * sequences / seconds;
        }
    }

    private void step(KvCache cache, List<KvSequence> sequences, int[] next) {
        List<Batch.Part> parts = new ArrayList<>(next.length);
        for (int i = 0; i < next.length; i++) {
            parts.add(new Batch.Part(sequences.get(i), new int[] {next[i]}, Batch.Wanted.LAST));
        }
        Logits logits = model.forward(new Batch(parts), cache);
        for (int i = 0; i < next.length; i++) {
            next[i] = logits.argmax(i);
        }
    }

    /** Prompt tokens per second. */
    private double prefill() {
        try (KvCache cache = model.newCache(KvCache.blocksFor(BenchResult.PROMPT));
                KvSequence sequence = cache.open()) {
            long begin = System.nanoTime();
            long runs = 0;
            while (System.nanoTime() - begin < target * 1e9) {
                sequence.truncate(0);
                sequence.reserve(BenchResult.PROMPT);
                model.forward(
                        Batch.of(sequence, prompt(BenchResult.PROMPT), Batch.Wanted.LAST), cache);
                runs++;
            }
            return runs * BenchResult.PROMPT / ((System.nanoTime() - begin) / 1e9);
        }
    }

    private int[] prompt(int size) {
        int[] tokens = new int[size];
        Arrays.setAll(tokens, i -> (7 * i + 3) % model.config().vocabulary());
        return tokens;
    }

    private double median(int column) {
        return median(rounds.stream().mapToDouble(round -> round[column]).toArray());
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    @Override
    public void close() {
        limit.close();
        model.close();
        checkpoint.close();
    }
}
