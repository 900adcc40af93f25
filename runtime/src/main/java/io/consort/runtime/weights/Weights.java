package io.consort.runtime.weights;

import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongBiFunction;
import java.util.function.UnaryOperator;

/**
 * The tensors of a checkpoint, from one file or from several with an index, under the names of
 * Hugging Face's checkpoints. Closing unmaps them; nobody may use them then. Thread-safe.
 */
public final class Weights implements AutoCloseable {

    /** The file of a checkpoint that is not sharded. */
    public static final String SINGLE_FILE = "model.safetensors";

    private final Origin origin;
    private final Map<String, Tensor> tensors;
    private final Map<String, Preparation> preparations;
    private final Map<String, Tensor> prepared = new ConcurrentHashMap<>();
    private final Arena arena;

    /**
     * Where tensors come from, in the words of messages.
     *
     * @param path the folder or file
     * @param configuration what says which tensors there should be
     * @param ownName the name that the files give to a tensor
     */
    public record Origin(Path path, String configuration, UnaryOperator<String> ownName) {}

    private Weights(
            Origin origin,
            Map<String, Tensor> tensors,
            Map<String, Preparation> preparations,
            Arena arena) {
        this.origin = origin;
        this.tensors = tensors;
        this.preparations = preparations;
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
            Origin origin = new Origin(folder, "config.json", UnaryOperator.identity());
            return new Weights(origin, TextTensors.of(tensors), Map.of(), arena);
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /**
     * Tensors that are mapped already.
     *
     * @param preparations of those tensors that are not stored in the conventions of Hugging Face's
     *     checkpoints; made when a tensor is first asked for
     * @param arena of the mapping, closed together with this
     */
    public static Weights of(
            Origin origin,
            Map<String, Tensor> tensors,
            Map<String, Preparation> preparations,
            Arena arena) {
        return new Weights(
                origin,
                Collections.unmodifiableMap(new LinkedHashMap<>(tensors)),
                Map.copyOf(preparations),
                arena);
    }

    /** Bytes of all tensors together, as files hold them. */
    public long bytes() {
        return tensors.values().stream().mapToLong(tensor -> tensor.data().byteSize()).sum();
    }

    /**
     * Bytes of memory that the tensors take together: what is mapped, and what is copied besides
     * because files hold it in other conventions.
     */
    public long memoryBytes() {
        return footprint((_, _) -> 0).bytes();
    }

    /**
     * What the tensors take when some are computed with copies. What is mapped only for copying does
     * not stay in memory.
     *
     * @param copies bytes of the copy of some rows of a tensor, as large as these are, or none; given
     *     its name and the tensor as it is stored
     */
    public Footprint footprint(ToLongBiFunction<String, Tensor> copies) {
        long mapped = 0;
        long copied = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            Tensor stored = entry.getValue();
            Preparation preparation = preparations.get(entry.getKey());
            long prepared = preparation == null ? 0 : preparation.copiedBytes(stored);
            long copy = copies.applyAsLong(entry.getKey(), stored);
            copied += prepared + copy;
            mapped += stored.data().byteSize() - (prepared == 0 ? copy : 0);
        }
        return new Footprint(mapped, copied);
    }

    /** All tensors, in order of place. */
    public Collection<Tensor> all() {
        return tensors.entrySet().stream()
                .map(entry -> inConvention(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** The tensor of a name, if there is one. */
    public Optional<Tensor> find(String name) {
        return Optional.ofNullable(tensors.get(name)).map(stored -> inConvention(name, stored));
    }

    private Tensor inConvention(String name, Tensor stored) {
        Preparation preparation = preparations.get(name);
        return preparation == null
                ? stored
                : prepared.computeIfAbsent(name, _ -> preparation.prepare(stored, arena));
    }

    /**
     * The floating-point tensor of a name and shape.
     *
     * @throws CheckpointException if it is missing, of another shape, or of a type that models cannot
     *     be run with
     */
    public Tensor require(String name, long... shape) {
        Tensor stored = tensors.get(name);
        if (stored == null) {
            throw new CheckpointException(
                    origin.path(),
                    "the tensor `%s` is missing".formatted(origin.ownName().apply(name)),
                    "fetch every file of the checkpoint, and check that %s belongs to it"
                            .formatted(origin.configuration()));
        }
        List<Long> wanted = Arrays.stream(shape).boxed().toList();
        if (!stored.shape().equals(wanted)) {
            throw new CheckpointException(
                    stored.file(),
                    "`%s` has the shape %s, but %s asks for %s"
                            .formatted(
                                    stored.name(), stored.shape(), origin.configuration(), wanted),
                    "use the %s that belongs to these weights".formatted(origin.configuration()));
        }
        if (!stored.type().isWeight()) {
            throw new CheckpointException(
                    stored.file(),
                    "`%s` has the dtype %s".formatted(stored.name(), stored.type()),
                    "convert it to F32, F16 or BF16");
        }
        return inConvention(name, stored);
    }

    @Override
    public void close() {
        arena.close();
    }
}
