package io.consort.runtime.weights;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.runtime.model.GoldenFolders;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsFuzzTest {

    private static final int ROUNDS = 1000;

    @TempDir private Path folder;

    @Test
    void aDamagedFileIsReadInBoundsOrRefused() throws IOException {
        byte[] good =
                Files.readAllBytes(
                        GoldenFolders.named("llama-dynamic").resolve("model.safetensors"));
        Random random = new Random(7);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            refused += isRefused(damaged(good, random)) ? 1 : 0;
        }
        assertThat(refused).isBetween(ROUNDS / 4, ROUNDS - 1);
    }

    @Test
    void randomHeadersAreRefused() throws IOException {
        Random random = new Random(8);
        for (int round = 0; round < 500; round++) {
            byte[] bytes = new byte[8 + random.nextInt(200)];
            random.nextBytes(bytes);
            long header = random.nextInt(3) == 0 ? random.nextLong() : random.nextInt(210);
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, header);
            assertThat(isRefused(bytes)).isTrue();
        }
    }

    private boolean isRefused(byte[] bytes) throws IOException {
        Path file = folder.resolve("model.safetensors");
        Files.write(file, bytes);
        try (Arena arena = Arena.ofConfined()) {
            Map<String, Tensor> tensors = SafetensorsFile.map(file, arena);
            for (Tensor tensor : tensors.values()) {
                assertThat(tensor.data().byteSize()).isEqualTo(tensor.type().bytes(tensor.count()));
            }
            return false;
        } catch (CheckpointException e) {
            assertThat(e).hasMessageContaining(file.toString());
            return true;
        }
    }

    /** Changes a few bytes of length and header, or cuts or lengthens the file. */
    private static byte[] damaged(byte[] good, Random random) {
        byte[] bytes = good.clone();
        int header = 8 + (int) ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int place = random.nextInt(random.nextInt(8) == 0 ? 8 : header);
            bytes[place] =
                    random.nextBoolean() ? (byte) random.nextInt() : bytes[random.nextInt(header)];
        }
        return switch (random.nextInt(10)) {
            case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> Arrays.copyOf(bytes, bytes.length + random.nextInt(9));
            default -> bytes;
        };
    }
}
