package io.consort.runtime.local;

import io.consort.experts.Expert;
import io.consort.experts.ExpertSource;
import io.consort.experts.LocalBackend;
import io.consort.experts.chat.ChatExpert;
import io.consort.runtime.backend.Backend;
import io.consort.runtime.backend.DeviceFailure;
import io.consort.runtime.backend.cpu.CpuBackend;
import io.consort.runtime.engine.EngineSettings;
import io.consort.runtime.local.LocalExpert.Surroundings;
import io.consort.runtime.weights.CheckpointException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * Makes experts of checkpoint folders and GGUF files, each on the device that the catalog names, or on
 * the best one that takes it. Thread-safe.
 */
public final class LocalExperts implements AutoCloseable {

    private final Site processor;
    private final Cuda cuda;
    private final LongSupplier seeds;
    private final Executor executor = task -> Thread.startVirtualThread(task);

    /** An expert's place: its device and its model there. */
    private record Place(Site site, LocalModel model) {}

    LocalExperts(Site processor, Cuda cuda, LongSupplier seeds) {
        this.processor = processor;
        this.cuda = cuda;
        this.seeds = seeds;
    }

    /** Experts that run on this machine's accelerator, where it has one, and its processors. */
    public static LocalExperts start() {
        SplittableRandom random = new SplittableRandom();
        return new LocalExperts(
                new Site(
                        new PermanentHosting(CpuBackend.ofMachine(), MemoryRoom.ofMachine()),
                        EngineSettings.DEFAULT),
                Cuda.ofMachine(),
                () -> {
                    synchronized (random) {
                        return random.nextLong();
                    }
                });
    }

    /**
     * Experts that run on one device, whatever the catalog says.
     *
     * @param backend closed together with this
     * @param seeds of requests that name none; called by any thread
     */
    public static LocalExperts start(
            Backend backend, EngineSettings settings, MemoryRoom room, LongSupplier seeds) {
        return new LocalExperts(
                new Site(new PermanentHosting(backend, room), settings),
                new Cuda("off: another backend was chosen", Optional.empty()),
                seeds);
    }

    /**
     * Loads an expert's checkpoint, unless another expert has loaded it, and answers with it. May
     * take as long as reading the folder's headers does on the processor, where most weights are read
     * when they are needed, and as long as copying the weights on an accelerator, or on the processor
     * in Q4_0.
     *
     * @throws CheckpointException naming the file, what is wrong and the remedy, when the folder is
     *     not a checkpoint that can be run, the model does not fit into memory, or its device is off
     * @throws IllegalArgumentException when the expert is not local
     */
    public ChatExpert open(Expert expert) {
        return open(expert, "");
    }

    /**
     * The same for one owner: what was computed for prompts of others is not taken for its prompts, so
     * that neither the time nor the usage of an answer tells what others have asked.
     *
     * @param owner empty for everybody together
     */
    public ChatExpert open(Expert expert, String owner) {
        if (!(expert.source() instanceof ExpertSource.Local local)) {
            throw new IllegalArgumentException(
                    "the expert \"%s\" is not local".formatted(expert.id()));
        }
        Path checkpoint = local.checkpoint().toAbsolutePath().normalize();
        Place place = place(checkpoint, local.backend(), expert.id());
        return new LocalExpert(
                expert.id(),
                owner,
                place.model(),
                expert.guard().timeout(),
                new Surroundings(place.site().engine(), seeds, executor),
                () -> place.site().release(checkpoint, expert.id()));
    }

    /** What runs where. */
    public LocalReport report() {
        List<LocalReport.Model> models = new ArrayList<>(processor.report());
        cuda.site().ifPresent(site -> models.addAll(site.report()));
        return new LocalReport(cuda.text(), models);
    }

    private Place place(Path checkpoint, LocalBackend wanted, String expert) {
        return switch (wanted) {
            case CPU -> at(processor, checkpoint, expert);
            case CUDA -> at(device(checkpoint), checkpoint, expert);
            case AUTO ->
                    cuda.site()
                            .map(site -> atBest(site, checkpoint, expert))
                            .orElseGet(() -> at(processor, checkpoint, expert));
        };
    }

    /** What the device refuses, such as a model that does not fit, may run on the processor. */
    private Place atBest(Site device, Path checkpoint, String expert) {
        try {
            return at(device, checkpoint, expert);
        } catch (CheckpointException refused) {
            return at(processor, checkpoint, expert);
        }
    }

    private static Place at(Site site, Path checkpoint, String expert) {
        return new Place(site, site.acquire(checkpoint, expert));
    }

    private Site device(Path checkpoint) {
        return cuda.site()
                .orElseThrow(() ->
                        new CheckpointException(
                                checkpoint,
                                "`backend` is cuda, and CUDA is " + cuda.text(),
                                "write `backend: auto` to run it on the processor meanwhile"));
    }

    /** Closes all models and devices; experts that are still open fail. */
    @Override
    public void close() {
        cuda.site().ifPresent(LocalExperts::closeDevice);
        processor.close();
    }

    /** What a lost device does not give back goes with the process. */
    private static void closeDevice(Site site) {
        try {
            site.close();
        } catch (RuntimeException failure) {
            if (!DeviceFailure.isLost(failure)) {
                throw failure;
            }
        }
    }
}
