package io.consort.runtime.bench;

import io.consort.runtime.model.Checkpoint;
import io.consort.runtime.weights.DType;
import io.consort.runtime.weights.Tensor;
import io.consort.runtime.weights.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/**
 * A Llama model of any shape with random bfloat16 weights, for measuring and for comparing backends.
 * All its matrices are parts of one piece of memory as large as the largest of them; on a device each
 * has memory of its own.
 *
 * @param heads query heads
 * @param keyHeads key heads
 * @param tied whether the head uses the embeddings' matrix
 */
public record RandomModel(
        String name,
        int vocabulary,
        int hidden,
        int intermediate,
        int layers,
        int heads,
        int keyHeads,
        int headSize,
        boolean tied) {

    /** The shape of Llama 3 8B. */
    public static final RandomModel LLAMA_3_8B =
            new RandomModel("Llama-3-8B", 128_256, 4096, 14_336, 32, 32, 8, 128, false);

    /** The shape of Llama 3.2 1B. */
    public static final RandomModel LLAMA_3_2_1B =
            new RandomModel("Llama-3.2-1B", 128_256, 2048, 8192, 16, 32, 8, 64, true);

    private static final int BYTES = 2;
    private static final int ALIGNMENT = 4096;
    private static final long CHUNK = 1 << 20;

    /** Bytes of weights that a step of one token reads. */
    public long bytesOfStep() {
        long attention = (long) hidden * headSize * (2 * heads + 2 * keyHeads);
        long layer = attention + 3L * hidden * intermediate;
        return BYTES * (layers * layer + (long) vocabulary * hidden);
    }

    /**
     * Makes it up.
     *
     * @param folder an existing one, which receives config.json
     */
    @SuppressWarnings("MustBeClosedChecker") // The checkpoint closes it.
    public Checkpoint make(Path folder) {
        return make(folder, 3);
    }

    /**
     * Makes it up.
     *
     * @param folder an existing one, which receives config.json
     * @param seed of where its matrices lie in the random numbers
     */
    @SuppressWarnings("MustBeClosedChecker") // The checkpoint closes it.
    public Checkpoint make(Path folder, long seed) {
        try {
            Files.writeString(folder.resolve("config.json"), config());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Arena arena = Arena.ofShared();
        Map<String, long[]> shapes = shapes();
        long largest = shapes.values().stream().mapToLong(RandomModel::count).max().orElseThrow();
        MemorySegment matrices = arena.allocate(BYTES * largest, ALIGNMENT);
        fill(matrices, 0x3c00, 0x80ff);
        MemorySegment norms = arena.allocate((long) BYTES * hidden, ALIGNMENT);
        fill(norms, 0x3f80, 0x1f);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        SplittableRandom random = new SplittableRandom(seed);
        shapes.forEach((tensor, shape) -> {
            long bytes = BYTES * count(shape);
            long room = (matrices.byteSize() - bytes) / ALIGNMENT;
            MemorySegment data =
                    shape.length == 1
                            ? norms.asSlice(0, bytes)
                            : matrices.asSlice(random.nextLong(room + 1) * ALIGNMENT, bytes);
            List<Long> sizes = LongStream.of(shape).boxed().toList();
            tensors.put(
                    tensor,
                    new Tensor(folder, OptionalLong.empty(), tensor, DType.BF16, sizes, data));
        });
        Weights.Origin origin = new Weights.Origin(folder, "config.json", UnaryOperator.identity());
        return Checkpoint.of(folder, Weights.of(origin, tensors, Map.of(), arena));
    }

    private String config() {
        return """
        {"model_type": "llama", "hidden_act": "silu", "vocab_size": %d, "hidden_size": %d,
         "intermediate_size": %d, "num_hidden_layers": %d, "num_attention_heads": %d,
         "num_key_value_heads": %d, "head_dim": %d, "max_position_embeddings": 8192,
         "rope_theta": 500000.0, "rms_norm_eps": 1e-5, "tie_word_embeddings": %b}
        """
                .formatted(
                        vocabulary, hidden, intermediate, layers, heads, keyHeads, headSize, tied);
    }

    private Map<String, long[]> shapes() {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put("model.embed_tokens.weight", new long[] {vocabulary, hidden});
        shapes.put("model.norm.weight", new long[] {hidden});
        if (!tied) {
            shapes.put("lm_head.weight", new long[] {vocabulary, hidden});
        }
        long queries = (long) heads * headSize;
        long keys = (long) keyHeads * headSize;
        for (int layer = 0; layer < layers; layer++) {
            String path = "model.layers." + layer + ".";
            shapes.put(path + "input_layernorm.weight", new long[] {hidden});
            shapes.put(path + "post_attention_layernorm.weight", new long[] {hidden});
            shapes.put(path + "self_attn.q_proj.weight", new long[] {queries, hidden});
            shapes.put(path + "self_attn.k_proj.weight", new long[] {keys, hidden});
            shapes.put(path + "self_attn.v_proj.weight", new long[] {keys, hidden});
            shapes.put(path + "self_attn.o_proj.weight", new long[] {hidden, queries});
            shapes.put(path + "mlp.gate_proj.weight", new long[] {intermediate, hidden});
            shapes.put(path + "mlp.up_proj.weight", new long[] {intermediate, hidden});
            shapes.put(path + "mlp.down_proj.weight", new long[] {hidden, intermediate});
        }
        return shapes;
    }

    /** Numbers with some bits set and some random. */
    private static void fill(MemorySegment segment, int set, int random) {
        long words = segment.byteSize() / BYTES;
        LongStream.range(0, Math.ceilDiv(words, CHUNK))
                .parallel()
                .forEach(chunk -> {
                    SplittableRandom source = new SplittableRandom(chunk);
                    long end = Math.min(words, (chunk + 1) * CHUNK);
                    for (long i = chunk * CHUNK; i < end; i++) {
                        short value = (short) (set | (source.nextInt() & random));
                        segment.setAtIndex(ValueLayout.JAVA_SHORT, i, value);
                    }
                });
    }

    private static long count(long[] shape) {
        return LongStream.of(shape).reduce(1, (a, b) -> a * b);
    }
}
