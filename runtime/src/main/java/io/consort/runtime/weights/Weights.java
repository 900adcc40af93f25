package io.consort.runtime.weights;

import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tensors of a checkpoint, from one file or from several with an index. Closing unmaps them;
 * nobody may use them then. Thread-safe.
 */
public final class Weights implements AutoCloseable {

    /** The file of a checkpoint that is not sharded. */
    public static final String SINGLE_FILE = "model.safetensors";

    private final Path folder;
    private final Map<String, Tensor> tensors;
    private final Arena arena;

    private Weights(Path folder, Map<String, Tensor> tensors, Arena arena) {
        this.folder = folder;
        this.tensors = tensors;
        this.arena = arena;
    }

    /**
     * Maps the weights of a checkpoint folder.
     *
     * @throws CheckpointException naming the file, what is wrong and the remedy
     */
    @SuppressWarnings("MustBeClosedChecker")
    public static Weights open(Path folder) {
        Arena arena = Arena.ofShared();
        try {
            Path single = folder.resolve(SINGLE_FILE);
            Map<String, Tensor> tensors =
                    Files.exists(single)
                            ? SafetensorsFile.map(single, arena)
                            : ShardIndex.read(folder).map(arena);
            return new Weights(folder, tensors, arena);
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /** Bytes of all tensors together. */
    public long bytes() {
        return tensors.values().stream().mapToLong(tensor -> tensor.data().byteSize()).sum();
    }

    /** All tensors, in order of place. */
    public Collection<Tensor> all() {
        return Collections.unmodifiableCollection(tensors.values());
    }

    /** The tensor of a name, if there is one. */
    public Optional<Tensor> find(String name) {
        return Optional.ofNullable(tensors.get(name));
    }

    /**
     * The floating-point tensor of a name and shape.
     *
     * @throws CheckpointException if it is missing, of another shape, or of a type that models cannot
     *     be run with
     */
    public Tensor require(String name, long... shape) {
        Tensor tensor =
                find(name)
                        .orElseThrow(() ->
                                new CheckpointException(
                                        folder,
                                        "the tensor `%s` is missing".formatted(name),
                                        "fetch every file of the checkpoint, and check"
                                                + " that config.json belongs to it"));
        List<Long> wanted = Arrays.stream(shape).boxed().toList();
        if (!tensor.shape().equals(wanted)) {
            throw new CheckpointException(
                    tensor.file(),
                    "`%s` has the shape %s, but config.json asks for %s"
                            .formatted(name, tensor.shape(), wanted),
                    "use the config.json that belongs to these weights");
        }
        if (!tensor.type().isWeight()) {
            throw new CheckpointException(
                    tensor.file(),
                    "`%s` has the dtype %s".formatted(name, tensor.type()),
                    "convert it to F32, F16 or BF16");
        }
        return tensor;
    }

    @Override
    public void close() {
        arena.close();
    }
}
