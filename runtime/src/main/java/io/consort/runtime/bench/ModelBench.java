package io.consort.runtime.bench;

import io.consort.runtime.backend.cpu.CpuBackend;
import io.consort.runtime.model.Checkpoint;
import io.consort.runtime.weights.DType;
import io.consort.runtime.weights.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Measures one model, on our engine and on others, in rounds that take turns with the read limit's. */
final class ModelBench implements AutoCloseable {

    /** How many times as long as one figure takes an engine warms up for it, at least and at most. */
    private static final int SHORTEST_WARM_UP = 6;

    private static final int LONGEST_WARM_UP = 12;

    /** A prompt that takes more times as long as a figure should is measured in one round only. */
    private static final int LONGEST_FIGURES = 20;

    private final Path path;
    private final double seconds;
    private final Checkpoint checkpoint;
    private final ReadLimit limit;
    private final List<Contender> engines = new ArrayList<>();
    private final List<Figures> figures = new ArrayList<>();
    private final Set<Contender> slow = new HashSet<>();
    private final long weightBytes;
    private final Series reads = new Series();
    private final DType type;

    /**
     * Loads a model.
     *
     * @param peers other engines that have the same model; closed with this
     */
    ModelBench(Path path, CpuBackend backend, BenchArguments arguments, List<Contender> peers) {
        this.path = path;
        this.seconds = arguments.milliseconds() / 1e3;
        this.checkpoint = Checkpoint.open(path);
        List<Tensor> read =
                checkpoint.weights().all().stream().filter(this::isReadByEveryStep).toList();
        this.type = read.getFirst().type();
        this.weightBytes = read.stream().mapToLong(tensor -> tensor.data().byteSize()).sum();
        this.limit = new ReadLimit(read, arguments.threads());
        engines.add(new ModelRun(checkpoint, backend, seconds));
        engines.addAll(peers);
        engines.forEach(engine -> figures.add(new Figures(engine.name())));
    }

    private boolean isReadByEveryStep(Tensor tensor) {
        boolean embeddings = tensor.name().equals("model.embed_tokens.weight");
        return tensor.shape().size() == 2 && (!embeddings || checkpoint.config().tiedHead());
    }

    /**
     * Lets every engine become as fast as it gets, within a bounded time. Prompts need none: engines
     * have computed the contexts that they decode from.
     */
    void warmUp(Consumer<String> progress) {
        limit.seconds(1);
        for (Contender engine : engines) {
            progress.accept("warming up %s with %s".formatted(engine.name(), path.getFileName()));
            WarmUp warmUp =
                    new WarmUp(nanos(SHORTEST_WARM_UP), nanos(LONGEST_WARM_UP), System::nanoTime);
            warmUp.untilSteady(() -> engine.decode(1));
            warmUp.untilSteady(() -> engine.decode(Contender.BATCH));
        }
    }

    /** One round: the read limit, then each engine's decoding, alone and in a batch, and prompt. */
    void round(String number, Consumer<String> progress) {
        int times = (int) Math.max(1, seconds * 1e10 / weightBytes);
        double read = weightBytes / (limit.seconds(times) / times);
        reads.add(read / 1e9);
        for (int i = 0; i < engines.size(); i++) {
            Contender engine = engines.get(i);
            progress.accept("%s: %s with %s".formatted(number, engine.name(), path.getFileName()));
            double decode = engine.decode(1);
            figures.get(i).decode().add(decode);
            figures.get(i).share().add(weightBytes * decode / read);
            figures.get(i).batch().add(engine.decode(Contender.BATCH));
            prefill(engine, figures.get(i).prefill());
        }
    }

    private void prefill(Contender engine, Series speeds) {
        if (slow.contains(engine)) {
            return;
        }
        long begin = System.nanoTime();
        speeds.add(engine.prefill());
        if (System.nanoTime() - begin > nanos(LONGEST_FIGURES)) {
            slow.add(engine);
        }
    }

    /** The time of so many figures. */
    private long nanos(int count) {
        return (long) (count * seconds * 1e9);
    }

    BenchResult result() {
        return new BenchResult(path.toString(), type, weightBytes, reads.median(), figures);
    }

    @Override
    public void close() {
        limit.close();
        engines.forEach(Contender::close);
        checkpoint.close();
    }
}
