package io.consort.runtime.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consort.runtime.backend.cpu.CpuBackend;
import io.consort.runtime.text.HuggingFaceTokenizer;
import io.consort.runtime.weights.CheckpointException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every message names the file, what is wrong in it and what to do. */
class BrokenCheckpointTest {

    @TempDir private Path folder;

    @BeforeEach
    void copyAGoodOne() {
        GoldenFolders.copy("llama-sharded-linear", folder);
    }

    @Test
    void aTruncatedShardIsRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(shard(2));
        Files.write(shard(2), Arrays.copyOf(bytes, bytes.length - 100));
        assertRefused(shard(2).getFileName().toString(), "truncated", "fetch it again");
    }

    @Test
    void anEmptyShardIsRefused() throws IOException {
        Files.write(shard(3), new byte[0]);
        assertRefused(shard(3).getFileName().toString(), "truncated", "fetch it again");
    }

    @Test
    void aMissingShardIsRefused() throws IOException {
        Files.delete(shard(1));
        assertRefused(shard(1).getFileName().toString(), "missing", "fetch the whole checkpoint");
    }

    @Test
    void aDtypeThatNoModelRunsWithIsRefused() throws IOException {
        replaceInHeader(shard(1), "\"dtype\":\"F16\"", "\"dtype\":\"I16\"");
        assertRefused(
                shard(1).getFileName().toString(),
                "has the dtype I16",
                "convert it to F32, F16 or BF16");
    }

    @Test
    void anUnknownDtypeIsRefused() throws IOException {
        replaceInHeader(shard(1), "\"dtype\":\"F16\"", "\"dtype\":\"X16\"");
        assertRefused(shard(1).getFileName().toString(), "unknown dtype \"X16\"", "convert it");
    }

    @Test
    void aMissingTensorIsRefused() throws IOException {
        replaceInHeader(shard(1), "model.layers.0.mlp", "model.layers.7.mlp");
        assertRefused("model.layers.0.mlp", "missing", "fetch all files");
    }

    @Test
    void aTensorThatOnlyTheConfigurationKnowsIsRefused() throws IOException {
        replace(
                folder.resolve("config.json"),
                "\"num_hidden_layers\": 2",
                "\"num_hidden_layers\": 3");
        assertRefused("`model.layers.2.", "is missing", "config.json");
    }

    @Test
    void aShapeThatTheConfigurationContradictsIsRefused() throws IOException {
        replace(folder.resolve("config.json"), "\"vocab_size\": 64", "\"vocab_size\": 65");
        assertRefused(
                "`model.embed_tokens.weight` has the shape [64, 32]",
                "[65, 32]",
                "use the config.json that belongs to these weights");
    }

    @Test
    void badJsonIsRefused() throws IOException {
        replace(folder.resolve("config.json"), "{", "{,");
        assertRefused("config.json", "not valid JSON", "fetch the file again");
    }

    @Test
    void aBadHeaderIsRefused() throws IOException {
        replaceInHeader(shard(1), "\"shape\":[", "\"shape\":{");
        assertRefused(
                shard(1).getFileName().toString(), "header is not valid JSON", "fetch it again");
    }

    @Test
    void aBadIndexIsRefused() throws IOException {
        Path index = folder.resolve("model.safetensors.index.json");
        replace(index, "\"model-00001-of", "\"../model-00001-of");
        assertRefused("index.json", "weight_map", "not the name of a safetensors file beside it");
        Files.writeString(index, "{}");
        assertRefused("index.json", "no `weight_map`");
    }

    @Test
    void aHeaderLongerThanTheFileIsRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(shard(1));
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, 1L << 40);
        Files.write(shard(1), bytes);
        assertRefused(
                shard(1).getFileName().toString(),
                "header should have 1099511627776 bytes",
                "fetch it again");
    }

    @Test
    void overlappingTensorsAreRefused() throws IOException {
        Path file = folder.resolve("model.safetensors");
        write(file, "{\"a\":%s,\"b\":%s}".formatted(floats(0, 8), floats(4, 12)), 12);
        assertRefused("model.safetensors", "`b` overlaps", "fetch it again");
    }

    @Test
    void gapsAndTrailingBytesAreRefused() throws IOException {
        Path file = folder.resolve("model.safetensors");
        write(file, "{\"a\":%s,\"b\":%s}".formatted(floats(0, 8), floats(12, 20)), 20);
        assertRefused("gap before `b`");
        write(file, "{\"a\":%s}".formatted(floats(0, 8)), 20);
        assertRefused("12 bytes follow");
    }

    @Test
    void anUnknownArchitectureIsRefusedByName() throws IOException {
        replace(folder.resolve("config.json"), "\"llama\"", "\"mamba\"");
        assertRefused(
                "config.json",
                "`model_type` is \"mamba\"",
                "use a checkpoint with a model_type of llama, mistral, qwen2");
    }

    @Test
    void aMissingTokenizerIsRefused() {
        assertThatThrownBy(() -> HuggingFaceTokenizer.open(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(folder.resolve("tokenizer.json").toString())
                .hasMessageContaining("missing")
                .hasMessageContaining("add the tokenizer.json");
    }

    @Test
    void aModelTooLargeForTheMemoryIsRefused() {
        try (CpuBackend small = new CpuBackend(1, 1000);
                Checkpoint checkpoint = Checkpoint.open(folder)) {
            assertThatThrownBy(() -> Models.load(checkpoint, small))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining("room for 0 MiB")
                    .hasMessageContaining("use a smaller model");
        }
    }

    @Test
    void aFolderWithoutWeightsIsRefused() throws IOException {
        Files.delete(folder.resolve("model.safetensors.index.json"));
        assertRefused("neither model.safetensors nor model.safetensors.index.json");
    }

    private void assertRefused(String... parts) {
        assertThatThrownBy(this::load)
                .isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll(parts)
                .hasMessageContaining(folder.toString());
    }

    private void load() {
        try (CpuBackend backend = new CpuBackend(1, Long.MAX_VALUE);
                Checkpoint checkpoint = Checkpoint.open(folder)) {
            Models.load(checkpoint, backend).close();
        }
    }

    private Path shard(int number) {
        return folder.resolve("model-%05d-of-00003.safetensors".formatted(number));
    }

    private static void replace(Path file, String from, String to) throws IOException {
        String text = Files.readString(file);
        if (!text.contains(from)) {
            throw new IllegalStateException(file + " holds no " + from);
        }
        Files.writeString(file, text.replaceFirst(Pattern.quote(from), to));
    }

    private static void replaceInHeader(Path file, String from, String to) throws IOException {
        String text = new String(Files.readAllBytes(file), ISO_8859_1);
        int place = text.indexOf(from);
        if (place < 0 || from.length() != to.length()) {
            throw new IllegalStateException(file + " holds no " + from);
        }
        String changed = text.substring(0, place) + to + text.substring(place + from.length());
        Files.write(file, changed.getBytes(ISO_8859_1));
    }

    private static String floats(int begin, int end) {
        return "{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[%d,%d]}".formatted(begin, end);
    }

    private static void write(Path file, String header, int dataBytes) throws IOException {
        byte[] json = header.getBytes(UTF_8);
        ByteBuffer bytes =
                ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json);
        Files.write(file, bytes.array());
    }
}
