package io.consort.runtime.model;

import io.consort.runtime.weights.CheckpointException;
import io.consort.runtime.weights.Weights;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A Hugging Face checkpoint folder: its configuration, and its weights mapped into memory. Closing
 * it unmaps the weights; no model made from it may be in use then. Thread-safe.
 */
public final class Checkpoint implements AutoCloseable {

    private final Path folder;
    private final ModelConfig config;
    private final Weights weights;

    private Checkpoint(Path folder, ModelConfig config, Weights weights) {
        this.folder = folder;
        this.config = config;
        this.weights = weights;
    }

    /**
     * Opens a folder. Reads the configuration and the weights' headers, not the weights.
     *
     * @throws CheckpointException naming the file and the remedy
     */
    public static Checkpoint open(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new CheckpointException(
                    folder,
                    "is not a folder",
                    "give the folder that holds config.json and *.safetensors");
        }
        ModelConfig config = ConfigReader.read(folder);
        return new Checkpoint(folder, config, Weights.open(folder));
    }

    /** Where it lies. */
    public Path folder() {
        return folder;
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
