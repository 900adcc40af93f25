package io.consort.runtime.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A Llama checkpoint with made-up bfloat16 weights. Speed does not depend on their values.
 *
 * @param heads query heads, and twice the key heads
 */
public record SyntheticCheckpoint(
        String name, int vocabulary, int hidden, int intermediate, int layers, int heads) {

    private static final int HEAD_SIZE = 64;
    private static final int BYTES = 2;

    /** Writes the checkpoint into a new folder below {@code parent}. */
    public Path write(Path parent) {
        Path folder = parent.resolve(name);
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("config.json"), config());
            writeWeights(folder.resolve("model.safetensors"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }

    private String config() {
        return """
        {"model_type": "llama", "hidden_act": "silu", "vocab_size": %d, "hidden_size": %d,
         "intermediate_size": %d, "num_hidden_layers": %d, "num_attention_heads": %d,
         "num_key_value_heads": %d, "head_dim": %d, "max_position_embeddings": 4096,
         "rope_theta": 10000.0, "tie_word_embeddings": true}
        """
                .formatted(vocabulary, hidden, intermediate, layers, heads, heads / 2, HEAD_SIZE);
    }

    private Map<String, int[]> shapes() {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        shapes.put("model.embed_tokens.weight", new int[] {vocabulary, hidden});
        shapes.put("model.norm.weight", new int[] {hidden});
        for (int layer = 0; layer < layers; layer++) {
            String path = "model.layers." + layer + ".";
            shapes.put(path + "input_layernorm.weight", new int[] {hidden});
            shapes.put(path + "post_attention_layernorm.weight", new int[] {hidden});
            shapes.put(path + "self_attn.q_proj.weight", new int[] {heads * HEAD_SIZE, hidden});
            shapes.put(path + "self_attn.k_proj.weight", new int[] {heads / 2 * HEAD_SIZE, hidden});
            shapes.put(path + "self_attn.v_proj.weight", new int[] {heads / 2 * HEAD_SIZE, hidden});
            shapes.put(path + "self_attn.o_proj.weight", new int[] {hidden, heads * HEAD_SIZE});
            shapes.put(path + "mlp.gate_proj.weight", new int[] {intermediate, hidden});
            shapes.put(path + "mlp.up_proj.weight", new int[] {intermediate, hidden});
            shapes.put(path + "mlp.down_proj.weight", new int[] {hidden, intermediate});
        }
        return shapes;
    }

    private void writeWeights(Path file) throws IOException {
        StringBuilder header = new StringBuilder("{");
        long offset = 0;
        for (Map.Entry<String, int[]> entry : shapes().entrySet()) {
            int[] shape = entry.getValue();
            long end = offset + BYTES * count(shape);
            header.append(header.length() > 1 ? "," : "")
                    .append('"')
                    .append(entry.getKey())
                    .append("\":{\"dtype\":\"BF16\",\"shape\":[")
                    .append(shape.length == 1 ? "" + shape[0] : shape[0] + "," + shape[1])
                    .append("],\"data_offsets\":[%d,%d]}".formatted(offset, end));
            offset = end;
        }
        header.append('}').append(" ".repeat((8 - (header.length() + 1) % 8) % 8));
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            out.write(
                    ByteBuffer.allocate(8)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(json.length)
                            .array());
            out.write(json);
            writeNumbers(out, offset / BYTES);
        }
    }

    /** Small numbers of either sign. */
    private static void writeNumbers(OutputStream out, long count) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        for (long i = 0; i < count; i++) {
            int bits = random.nextInt();
            int value = 0x3c00 | (bits & 0x80ff);
            out.write(value);
            out.write(value >> 8);
        }
    }

    private static long count(int[] shape) {
        long count = 1;
        for (int size : shape) {
            count *= size;
        }
        return count;
    }
}
