package io.consort.runtime.local;

import io.consort.runtime.engine.Engine;
import io.consort.runtime.engine.EngineSettings;
import io.consort.runtime.weights.CheckpointException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A device that local models run on, its engine, and the models that are loaded there. Experts of one
 * checkpoint share its model. Thread-safe.
 */
final class Site implements AutoCloseable {

    private final Hosting hosting;
    private final Engine engine;
    private final CheckpointLoader loader;
    private final Map<Path, Shared> models = new HashMap<>();

    /** A loaded model and the experts that use it. */
    private record Shared(LocalModel model, List<String> experts) {}

    /**
     * Starts the device's engine.
     *
     * @param hosting closed together with this
     */
    Site(Hosting hosting, EngineSettings settings) {
        this.hosting = hosting;
        this.engine = Engine.start(hosting.name(), settings);
        this.loader = new CheckpointLoader(hosting, engine, settings);
    }

    Engine engine() {
        return engine;
    }

    /**
     * The model of a checkpoint, loaded unless another expert has done it.
     *
     * @throws CheckpointException naming the file, what is wrong and the remedy
     */
    synchronized LocalModel acquire(Path checkpoint, String expert) {
        Shared shared = models.get(checkpoint);
        if (shared == null) {
            shared = new Shared(load(checkpoint), new ArrayList<>());
            models.put(checkpoint, shared);
        }
        shared.experts().add(expert);
        return shared.model();
    }

    /** An expert does not use a checkpoint's model any more; the last one closes it. */
    synchronized void release(Path checkpoint, String expert) {
        Shared shared = models.get(checkpoint);
        if (shared != null && shared.experts().remove(expert) && shared.experts().isEmpty()) {
            models.remove(checkpoint);
            shared.model().close();
        }
    }

    /** What is loaded here. */
    synchronized List<LocalReport.Model> report() {
        return models.values().stream()
                .map(shared ->
                        new LocalReport.Model(
                                shared.experts(),
                                hosting.name(),
                                shared.model().weights().bytes(),
                                shared.model().engineModel().load(),
                                shared.model().berth().standing()))
                .toList();
    }

    private LocalModel load(Path checkpoint) {
        long mapped =
                models.values().stream()
                        .mapToLong(shared -> shared.model().weights().mapped())
                        .sum();
        LocalModel model = loader.load(checkpoint, mapped);
        Duration warmUp = model.berth().warmUp();
        if (!warmUp.isZero()) {
            model.engineModel().warmUp(warmUp);
        }
        return model;
    }

    /** Closes all models, the engine and the device; experts that are still open fail. */
    @Override
    public synchronized void close() {
        models.values().forEach(shared -> shared.model().close());
        models.clear();
        engine.close();
        hosting.close();
    }
}
