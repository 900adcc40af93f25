package io.consort.runtime.model;

import io.consort.runtime.weights.CheckpointException;
import io.consort.runtime.weights.Weights;
import io.consort.runtime.weights.gguf.GgufFile;
import io.consort.runtime.weights.gguf.GgufWeights;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A Hugging Face checkpoint folder or a GGUF file: its configuration, and its weights mapped into
 * memory. Closing it unmaps the weights; no model made from it may be in use then. Thread-safe.
 */
public final class Checkpoint implements AutoCloseable {

    private final Path path;
    private final ModelConfig config;
    private final Weights weights;

    private Checkpoint(Path path, ModelConfig config, Weights weights) {
        this.path = path;
        this.config = config;
        this.weights = weights;
    }

    /**
     * Opens a folder or a GGUF file. Reads the configuration and the weights' headers, not the
     * weights.
     *
     * @throws CheckpointException naming the file and the remedy
     */
    public static Checkpoint open(Path path) {
        if (GgufFile.isNamed(path)) {
            return openGguf(path);
        }
        if (!Files.isDirectory(path)) {
            throw new CheckpointException(
                    path,
                    "it is neither a folder nor a GGUF file",
                    "give the folder that holds config.json and *.safetensors, or a .gguf file");
        }
        ModelConfig config = ConfigReader.read(path);
        return new Checkpoint(path, config, Weights.open(path));
    }

    @SuppressWarnings("MustBeClosedChecker")
    private static Checkpoint openGguf(Path path) {
        Arena arena = Arena.ofShared();
        try {
            GgufFile file = GgufFile.map(path, arena);
            ModelConfig config = GgufConfig.read(file);
            int queryHeads = config.heads().query();
            int keyHeads = config.heads().keyValue();
            return new Checkpoint(path, config, GgufWeights.of(file, queryHeads, keyHeads, arena));
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /** A folder's configuration with weights from elsewhere, which are closed with it. */
    public static Checkpoint of(Path folder, Weights weights) {
        return new Checkpoint(folder, ConfigReader.read(folder), weights);
    }

    /** The folder or file. */
    public Path path() {
        return path;
    }

    /** The shape of its model. */
    public ModelConfig config() {
        return config;
    }

    /** Its tensors; valid until the checkpoint is closed. */
    public Weights weights() {
        return weights;
    }

    @Override
    public void close() {
        weights.close();
    }
}
