package io.consort.runtime.weights.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.runtime.backend.cpu.CpuBackend;
import io.consort.runtime.model.Checkpoint;
import io.consort.runtime.model.GoldenFolders;
import io.consort.runtime.model.Models;
import io.consort.runtime.weights.CheckpointException;
import io.consort.runtime.weights.DType;
import io.consort.runtime.weights.Weights;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufFuzzTest {

    private static final int ROUNDS = 1500;

    @TempDir private Path folder;

    @Test
    void aDamagedFileIsReadInBoundsOrRefused() throws IOException {
        Path file = folder.resolve("model.gguf");
        Path golden = GoldenFolders.named("llama3-ropescaled-bf16");
        GgufWriter writer = GgufConversion.writer(golden, DType.F16);
        writer.put("tokenizer.ggml.tokens", GgufValue.ofTexts(List.of("a", "b")));
        writer.put("tokenizer.ggml.token_type", GgufValue.ofWholes(List.of(1, 3)));
        try (Weights weights = Weights.open(golden)) {
            GgufConversion.addTensors(golden, DType.F16, weights, writer);
            writer.write(file);
        }
        byte[] good = Files.readAllBytes(file);
        int header = headerBytes(good);
        Random random = new Random(9);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            refused += isRefused(file, damaged(good, header, random)) ? 1 : 0;
        }
        assertThat(refused).isBetween(ROUNDS / 4, ROUNDS - 1);
    }

    @Test
    void randomBytesAfterTheMagicNumberAreRefused() throws IOException {
        Random random = new Random(10);
        for (int round = 0; round < 500; round++) {
            byte[] bytes = new byte[8 + random.nextInt(200)];
            random.nextBytes(bytes);
            System.arraycopy(new byte[] {'G', 'G', 'U', 'F', 3, 0, 0, 0}, 0, bytes, 0, 8);
            assertThat(isRefused(folder.resolve("random.gguf"), bytes)).isTrue();
        }
    }

    private static boolean isRefused(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes);
        try (CpuBackend backend = new CpuBackend(1, Long.MAX_VALUE);
                Checkpoint checkpoint = Checkpoint.open(file)) {
            Models.load(checkpoint, backend).close();
            return false;
        } catch (CheckpointException e) {
            assertThat(e).hasMessageContaining(file.toString());
            return true;
        }
    }

    private int headerBytes(byte[] good) throws IOException {
        Path file = folder.resolve("whole.gguf");
        Files.write(file, good);
        try (Arena arena = Arena.ofConfined()) {
            long data =
                    GgufFile.map(file, arena).tensors().values().stream()
                            .mapToLong(tensor -> Math.ceilDiv(tensor.data().byteSize(), 32) * 32)
                            .sum();
            return (int) (good.length - data);
        }
    }

    /** Changes a few bytes of the header, or cuts the file. */
    private static byte[] damaged(byte[] good, int header, Random random) {
        byte[] bytes = good.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            int place = random.nextInt(header);
            bytes[place] =
                    random.nextBoolean() ? (byte) random.nextInt() : bytes[random.nextInt(header)];
        }
        return random.nextInt(10) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }
}
