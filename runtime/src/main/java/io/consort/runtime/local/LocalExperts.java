package io.consort.runtime.local;

import io.consort.experts.Expert;
import io.consort.experts.ExpertSource;
import io.consort.experts.chat.ChatExpert;
import io.consort.runtime.backend.Backend;
import io.consort.runtime.backend.cpu.CpuBackend;
import io.consort.runtime.engine.Engine;
import io.consort.runtime.engine.EngineSettings;
import io.consort.runtime.local.LocalExpert.Surroundings;
import io.consort.runtime.weights.CheckpointException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * Makes experts of checkpoint folders and GGUF files. They share one engine, and experts of one
 * checkpoint share the loaded model. Thread-safe.
 */
public final class LocalExperts implements AutoCloseable {

    /** What a model gets before its first question, if nobody asks one earlier. */
    private static final Duration WARM_UP = Duration.ofSeconds(3);

    private final Backend backend;
    private final EngineSettings settings;
    private final MemoryRoom room;
    private final Surroundings surroundings;
    private final Map<Path, Shared> models = new HashMap<>();

    /** A loaded model and how many experts use it. */
    private record Shared(LocalModel model, int users) {}

    private LocalExperts(
            Backend backend, EngineSettings settings, MemoryRoom room, LongSupplier seeds) {
        this.backend = backend;
        this.settings = settings;
        this.room = room;
        Executor executor = task -> Thread.startVirtualThread(task);
        this.surroundings =
                new Surroundings(Engine.start(backend.name(), settings), seeds, executor);
    }

    /** Experts that run on this machine's processors. */
    public static LocalExperts start() {
        SplittableRandom random = new SplittableRandom();
        return start(
                CpuBackend.ofMachine(),
                EngineSettings.DEFAULT,
                MemoryRoom.ofMachine(),
                () -> {
                    synchronized (random) {
                        return random.nextLong();
                    }
                });
    }

    /**
     * Experts that run on a device.
     *
     * @param backend closed together with this
     * @param seeds of requests that name none; called by any thread
     */
    public static LocalExperts start(
            Backend backend, EngineSettings settings, MemoryRoom room, LongSupplier seeds) {
        return new LocalExperts(backend, settings, room, seeds);
    }

    /**
     * Loads an expert's checkpoint, unless another expert has loaded it, and answers with it. May
     * take as long as reading the folder's headers does; weights are read when they are needed.
     *
     * @throws CheckpointException naming the file, what is wrong and the remedy, when the folder is
     *     not a checkpoint that can be run or the model does not fit into memory
     * @throws IllegalArgumentException when the expert is not local
     */
    public ChatExpert open(Expert expert) {
        if (!(expert.source() instanceof ExpertSource.Local local)) {
            throw new IllegalArgumentException(
                    "the expert \"%s\" is not local".formatted(expert.id()));
        }
        Path folder = local.checkpoint().toAbsolutePath().normalize();
        return new LocalExpert(
                expert.id(),
                acquire(folder),
                expert.guard().timeout(),
                surroundings,
                () -> release(folder));
    }

    private synchronized LocalModel acquire(Path folder) {
        Shared shared = models.get(folder);
        LocalModel model = shared == null ? load(folder) : shared.model();
        models.put(folder, new Shared(model, shared == null ? 1 : shared.users() + 1));
        return model;
    }

    private synchronized void release(Path folder) {
        Shared shared = models.get(folder);
        if (shared != null && shared.users() > 1) {
            models.put(folder, new Shared(shared.model(), shared.users() - 1));
        } else if (shared != null) {
            models.remove(folder);
            shared.model().close();
        }
    }

    private LocalModel load(Path folder) {
        long mapped =
                models.values().stream().mapToLong(shared -> shared.model().weightBytes()).sum();
        LocalModel model =
                new CheckpointLoader(backend, surroundings.engine(), settings, room)
                        .load(folder, mapped);
        model.engineModel().warmUp(WARM_UP);
        return model;
    }

    /** Closes all models, the engine and the backend; experts that are still open fail. */
    @Override
    public synchronized void close() {
        models.values().forEach(shared -> shared.model().close());
        models.clear();
        surroundings.engine().close();
        backend.close();
    }
}
