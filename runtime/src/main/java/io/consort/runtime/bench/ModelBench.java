package io.consort.runtime.bench;

import io.consort.runtime.backend.cpu.CpuBackend;
import io.consort.runtime.model.Checkpoint;
import io.consort.runtime.weights.DType;
import io.consort.runtime.weights.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures one model, on our engine and on others, in rounds that take turns with the read limit's. */
final class ModelBench implements AutoCloseable {

    private static final int LONGEST_WARM_UP = 20;
    private static final int STEADY = 2;
    private static final double FASTER = 1.05;

    private final Path path;
    private final double seconds;
    private final Checkpoint checkpoint;
    private final ReadLimit limit;
    private final ModelRun ours;
    private final List<Contender> peers;
    private final List<Figures> figures = new ArrayList<>();
    private final long weightBytes;
    private final Series reads = new Series();
    private final Series shares = new Series();
    private final DType type;

    /**
     * Loads a model.
     *
     * @param peers other engines that have the same model; closed with this
     */
    ModelBench(Path path, CpuBackend backend, BenchArguments arguments, List<Contender> peers) {
        this.path = path;
        this.seconds = arguments.milliseconds() / 1e3;
        this.peers = List.copyOf(peers);
        this.checkpoint = Checkpoint.open(path);
        List<Tensor> read =
                checkpoint.weights().all().stream().filter(this::isReadByEveryStep).toList();
        this.type = read.getFirst().type();
        this.weightBytes = read.stream().mapToLong(tensor -> tensor.data().byteSize()).sum();
        this.limit = new ReadLimit(read, arguments.threads());
        this.ours = new ModelRun(checkpoint, backend, seconds);
        figures.add(new Figures(ours.name()));
        peers.forEach(peer -> figures.add(new Figures(peer.name())));
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
            double decode = ours.decode(1);
            ours.decode(Contender.BATCH);
            steady = decode > best * FASTER ? 0 : steady + 1;
            best = Math.max(best, decode);
        }
        ours.prefill();
        limit.seconds(1);
        for (Contender peer : peers) {
            peer.decode(1);
            peer.prefill();
        }
    }

    /** One round: the read limit and each engine's decoding, then larger batches, then prompts. */
    void round() {
        int times = (int) Math.max(1, seconds * 1e10 / weightBytes);
        double read = weightBytes / (limit.seconds(times) / times);
        reads.add(read / 1e9);
        for (int i = 0; i < figures.size(); i++) {
            Contender contender = i == 0 ? ours : peers.get(i - 1);
            double decode = contender.decode(1);
            figures.get(i).decode().add(decode);
            figures.get(i).batch().add(contender.decode(Contender.BATCH));
            figures.get(i).prefill().add(contender.prefill());
            if (i == 0) {
                shares.add(weightBytes * decode / read);
            }
        }
    }

    BenchResult result() {
        return new BenchResult(
                path.toString(), type, weightBytes, reads.median(), shares.median(), figures);
    }

    @Override
    public void close() {
        limit.close();
        ours.close();
        checkpoint.close();
        peers.forEach(Contender::close);
    }
}
