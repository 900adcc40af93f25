package io.consort.runtime.bench;

import io.consort.runtime.weights.DType;
import io.consort.runtime.weights.block.Codec;
import io.consort.runtime.weights.gguf.GgufValue;
import io.consort.runtime.weights.gguf.GgufWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A Llama model with random weights, as a GGUF file that other engines read as well. Rows repeat,
 * which nobody's speed depends on, so that writing a gigabyte takes seconds.
 *
 * @param heads query heads
 * @param keyHeads key heads, and value heads
 */
public record MadeUpModel(
        String name,
        int vocabulary,
        int hidden,
        int intermediate,
        int layers,
        int heads,
        int keyHeads) {

    /** The shape of Llama 3.2 1B. */
    static final MadeUpModel ONE_BILLION =
            new MadeUpModel("llama-1b", 128256, 2048, 8192, 16, 32, 8);

    private static final int HEAD_SIZE = 64;
    private static final int CONTEXT = 4096;
    private static final int DIFFERENT_ROWS = 61;
    private static final int BYTE_TOKENS = 256;
    private static final int NORMAL = 1;
    private static final int UNKNOWN = 2;
    private static final int CONTROL = 3;
    private static final int BYTE = 6;

    /** Writes the model with matrices of a type; returns the file. */
    public Path write(Path parent, DType type) {
        GgufWriter writer = new GgufWriter();
        describe(writer);
        Rows narrow = new Rows(type, hidden);
        Rows wide = new Rows(type, intermediate);
        matrix(writer, "token_embd", narrow, vocabulary);
        norm(writer, "output_norm");
        for (int layer = 0; layer < layers; layer++) {
            String path = "blk." + layer + ".";
            norm(writer, path + "attn_norm");
            norm(writer, path + "ffn_norm");
            matrix(writer, path + "attn_q", narrow, heads * HEAD_SIZE);
            matrix(writer, path + "attn_k", narrow, keyHeads * HEAD_SIZE);
            matrix(writer, path + "attn_v", narrow, keyHeads * HEAD_SIZE);
            matrix(writer, path + "attn_output", narrow, hidden);
            matrix(writer, path + "ffn_gate", narrow, intermediate);
            matrix(writer, path + "ffn_up", narrow, intermediate);
            matrix(writer, path + "ffn_down", wide, hidden);
        }
        Path file = parent.resolve(name + "-" + type.name().toLowerCase(Locale.ROOT) + ".gguf");
        try {
            writer.write(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    private void describe(GgufWriter writer) {
        writer.put("general.architecture", GgufValue.of("llama"))
                .put("general.name", GgufValue.of(name))
                .put("llama.block_count", GgufValue.of(layers))
                .put("llama.context_length", GgufValue.of(CONTEXT))
                .put("llama.embedding_length", GgufValue.of(hidden))
                .put("llama.feed_forward_length", GgufValue.of(intermediate))
                .put("llama.attention.head_count", GgufValue.of(heads))
                .put("llama.attention.head_count_kv", GgufValue.of(keyHeads))
                .put("llama.attention.layer_norm_rms_epsilon", GgufValue.of(1e-5))
                .put("llama.rope.freq_base", GgufValue.of(500_000.0))
                .put("llama.rope.dimension_count", GgufValue.of(HEAD_SIZE))
                .put("llama.vocab_size", GgufValue.of(vocabulary));
        List<String> tokens = new ArrayList<>(List.of("<unk>", "<s>", "</s>"));
        List<Integer> types = new ArrayList<>(List.of(UNKNOWN, CONTROL, CONTROL));
        for (int i = 0; i < BYTE_TOKENS && tokens.size() < vocabulary; i++) {
            tokens.add("<0x%02X>".formatted(i));
            types.add(BYTE);
        }
        while (tokens.size() < vocabulary) {
            tokens.add("token" + tokens.size());
            types.add(NORMAL);
        }
        writer.put("tokenizer.ggml.model", GgufValue.of("llama"))
                .put("tokenizer.ggml.tokens", GgufValue.ofTexts(tokens))
                .put(
                        "tokenizer.ggml.scores",
                        GgufValue.ofReals(Collections.nCopies(vocabulary, 0f)))
                .put("tokenizer.ggml.token_type", GgufValue.ofWholes(types))
                .put("tokenizer.ggml.bos_token_id", GgufValue.of(1))
                .put("tokenizer.ggml.eos_token_id", GgufValue.of(2));
    }

    private void norm(GgufWriter writer, String name) {
        writer.addValues(
                name + ".weight",
                DType.F32,
                List.of((long) hidden),
                (_, target) -> Arrays.fill(target, 1));
    }

    private static void matrix(GgufWriter writer, String name, Rows rows, int height) {
        writer.add(
                name + ".weight",
                rows.type,
                List.of((long) height, (long) rows.width),
                (row, target) -> rows.copy(row + name.hashCode(), target));
    }

    /** Some rows of random values, encoded. */
    private static final class Rows {

        private final DType type;
        private final int width;
        private final long bytes;
        private final MemorySegment encoded;

        Rows(DType type, int width) {
            this.type = type;
            this.width = width;
            this.bytes = type.bytes(width);
            this.encoded = MemorySegment.ofArray(new byte[(int) bytes * DIFFERENT_ROWS]);
            Codec codec = type.codec().orElseThrow();
            SplittableRandom random = new SplittableRandom(width);
            float[] values = new float[width];
            for (int row = 0; row < DIFFERENT_ROWS; row++) {
                for (int i = 0; i < width; i++) {
                    values[i] = (float) random.nextDouble(-0.05, 0.05);
                }
                for (int i = 0; i < width; i += codec.size()) {
                    codec.encode(values, i, encoded, row * bytes + type.bytes(i));
                }
            }
        }

        void copy(long number, MemorySegment target) {
            long row = Math.floorMod((number * 0x9E3779B97F4A7C15L) >>> 33, DIFFERENT_ROWS);
            target.copyFrom(encoded.asSlice(row * bytes, bytes));
        }
    }
}
