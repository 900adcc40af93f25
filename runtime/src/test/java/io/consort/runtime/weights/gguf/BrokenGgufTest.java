package io.consort.runtime.weights.gguf;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consort.runtime.backend.cpu.CpuBackend;
import io.consort.runtime.model.Checkpoint;
import io.consort.runtime.model.GoldenFolders;
import io.consort.runtime.model.Models;
import io.consort.runtime.weights.CheckpointException;
import io.consort.runtime.weights.DType;
import io.consort.runtime.weights.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every message names the file, what is wrong in it and what to do. */
class BrokenGgufTest {

    private static final Path GOLDEN = GoldenFolders.named("llama-gqa");
    private static final String AGAIN = "fetch it again";

    @TempDir private Path folder;

    @Test
    void aTruncatedFileIsRefused() throws IOException {
        Path file = good();
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 100));
        assertRefused("truncated", AGAIN);
        Files.write(file, Arrays.copyOf(bytes, 100));
        assertRefused("which the file of 100 bytes cannot hold", AGAIN);
    }

    @Test
    void anotherKindOfFileIsRefused() throws IOException {
        Files.writeString(file(), "PK and so on");
        assertRefused("does not begin with GGUF", "give a GGUF file");
    }

    @Test
    void versionsAndByteOrdersThatAreNotReadAreRefused() throws IOException {
        Path file = good();
        patch(file, 4, 1);
        assertRefused("GGUF version 1", "convert the model again");
        patch(file, 4, 3 << 24);
        assertRefused("big-endian", "convert the model again");
    }

    @Test
    void aTypeThatIsNotComputedWithIsRefusedByName() throws IOException {
        Path file = good();
        int place = indexAfter(file, "blk.0.attn_q.weight") + 4 + 16;
        patch(file, place, 11);
        assertRefused("`blk.0.attn_q.weight` is stored as Q3_K", "use a file with F32, F16, BF16");
        patch(file, place, 99);
        assertRefused("unknown type 99", AGAIN);
        patch(file, place, 24);
        assertRefused("dtype I8", "convert it to F32, F16 or BF16");
    }

    @Test
    void aMissingTensorIsRefused() throws IOException {
        good(writer -> writer.put("llama.block_count", GgufValue.of(9L)));
        assertRefused("the tensor `blk.3.attn_norm.weight` is missing", "the metadata belongs");
    }

    @Test
    void aShapeThatTheMetadataContradictsIsRefused() throws IOException {
        good(writer -> writer.put("llama.feed_forward_length", GgufValue.of(7L)));
        assertRefused("`blk.0.ffn_gate.weight` has the shape", "the metadata asks for");
    }

    @Test
    void countsAndLengthsBeyondTheFileAreRefused() throws IOException {
        Path file = good();
        patch(file, 8, -1);
        assertRefused("the number of tensors", "cannot hold", AGAIN);
        file = good();
        patch(file, 28, 1 << 30);
        assertRefused("cannot hold", AGAIN);
    }

    @Test
    void overlappingAndMisplacedTensorsAreRefused() throws IOException {
        Path file = good();
        int place = indexAfter(file, "blk.0.attn_q.weight") + 4 + 16 + 4;
        patch(file, place, 32);
        assertRefused("overlaps the tensor before it", AGAIN);
        patch(file, place, 33);
        assertRefused("not aligned to 32", AGAIN);
    }

    @Test
    void anUnknownArchitectureIsRefusedByName() throws IOException {
        good(writer -> writer.put("general.architecture", GgufValue.of("mamba")));
        assertRefused("`general.architecture` is \"mamba\"", "use a model of llama, qwen2");
    }

    @Test
    void optionsThatAreNotBuiltAreRefusedByName() throws IOException {
        good(writer -> writer.put("llama.expert_count", GgufValue.of(8L)));
        assertRefused("`llama.expert_count`", "use a model without it");
        good(writer -> writer.put("llama.rope.scaling.type", GgufValue.of("ntk")));
        assertRefused("`llama.rope.scaling.type` is \"ntk\"", "use a file whose rotary scaling");
        good(writer -> writer.put("llama.attention.head_count", GgufValue.ofWholes(List.of(4, 2))));
        assertRefused("`llama.attention.head_count` differs", "layers are alike");
        good(writer -> writer.put("split.count", GgufValue.of(2L)));
        assertRefused("`split.count`", "merge the parts");
        good(writer -> writer.put("llama.block_count", GgufValue.of("two")));
        assertRefused("`llama.block_count` is not a whole number", "convert the model again");
    }

    @Test
    void aTensorThatNobodyKnowsIsRefused() throws IOException {
        good(writer ->
                writer.addValues(
                        "blk.0.attn_gate.weight", DType.F32, List.of(1L), (_, row) -> row[0] = 1));
        assertRefused("`blk.0.attn_gate.weight` is not part of a llama model", "without it");
        good(writer ->
                writer.addValues(
                        "blk.0.attn_norm.bias", DType.F32, List.of(1L), (_, row) -> row[0] = 1));
        assertRefused("the bias `blk.0.attn_norm.bias`", "without it");
    }

    @Test
    void aMissingFileIsRefused() {
        assertRefused("it is missing", "fetch the whole checkpoint");
    }

    @Test
    void aModelTooLargeForTheMemoryIsRefused() throws IOException {
        Path file = good();
        try (CpuBackend small = new CpuBackend(1, 1000);
                Checkpoint checkpoint = Checkpoint.open(file)) {
            assertThatThrownBy(() -> Models.load(checkpoint, small))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContainingAll(file.toString(), "room for 0 MiB", "smaller model");
        }
    }

    private Path file() {
        return folder.resolve("model.gguf");
    }

    private Path good() throws IOException {
        return good(_ -> {});
    }

    private Path good(Consumer<GgufWriter> change) throws IOException {
        GgufWriter writer = GgufConversion.writer(GOLDEN, DType.F16);
        change.accept(writer);
        try (Weights weights = Weights.open(GOLDEN)) {
            GgufConversion.addTensors(GOLDEN, DType.F16, weights, writer);
            writer.write(file());
        }
        return file();
    }

    private void assertRefused(String... parts) {
        assertThatThrownBy(this::load)
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(file().toString())
                .hasMessageContainingAll(parts);
    }

    private void load() {
        try (CpuBackend backend = new CpuBackend(1, Long.MAX_VALUE);
                Checkpoint checkpoint = Checkpoint.open(file())) {
            Models.load(checkpoint, backend).close();
        }
    }

    /** The byte after a text. */
    private static int indexAfter(Path file, String text) throws IOException {
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        return bytes.indexOf(text) + text.length();
    }

    private static void patch(Path file, int place, int value) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(place, value);
        Files.write(file, bytes);
    }
}
