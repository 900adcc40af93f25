package io.consort.router.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.router.FakeEmbedder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeptEmbeddingsTest {

    private static final List<String> TEXTS = List.of("bread", "rice", "bread", "");

    @TempDir Path folder;

    private final FakeEmbedder embedder = new FakeEmbedder(text -> text);

    private KeptEmbeddings opened() {
        return new KeptEmbeddings(folder, embedder);
    }

    @Test
    void aTextIsEmbeddedOnceAcrossRestarts() {
        List<float[]> first = opened().of(TEXTS);
        assertThat(embedder.calls()).isEqualTo(3);
        assertThat(opened().of(TEXTS)).usingRecursiveComparison().isEqualTo(first);
        assertThat(embedder.calls()).isEqualTo(3);
        opened().of(List.of("rice", "wine"));
        assertThat(embedder.calls()).isEqualTo(4);
    }

    @Test
    void whatIsKeptIsTheEmbeddingInSixteenBits() {
        float[] exact = embedder.embed("bread").toCompletableFuture().join();
        float[] made = opened().of(TEXTS).getFirst();
        for (int i = 0; i < exact.length; i++) {
            assertThat(made[i]).isEqualTo(Float.float16ToFloat(Float.floatToFloat16(exact[i])));
        }
        assertThat(opened().byText(TEXTS)).containsOnlyKeys("bread", "rice", "");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 9, 20, -1})
    void aDamagedFileIsMadeAgain(int place) throws IOException {
        List<float[]> first = opened().of(TEXTS);
        Path file = file();
        byte[] bytes = Files.readAllBytes(file);
        byte[] damaged = Arrays.copyOf(bytes, bytes.length - (place < 0 ? 5 : 0));
        damaged[Math.max(0, place)] ^= (byte) (place < 0 ? 0 : 1);
        Files.write(file, damaged);
        assertThat(opened().of(TEXTS)).usingRecursiveComparison().isEqualTo(first);
        assertThat(embedder.calls()).isEqualTo(6);
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    }

    @Test
    void thoseAskedForLongestAgoMakeRoom() {
        opened().of(List.of("oldest"));
        List<String> many = IntStream.range(0, 50_000).mapToObj(i -> "text " + i).toList();
        opened().of(many);
        int calls = embedder.calls();
        opened().of(List.of("text 0", "text 49999"));
        assertThat(embedder.calls()).isEqualTo(calls);
        opened().of(List.of("oldest"));
        assertThat(embedder.calls()).isEqualTo(calls + 1);
    }

    @Test
    void aFolderThatCannotBeWrittenToCostsOnlyTheEmbedding() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        KeptEmbeddings nowhere = new KeptEmbeddings(file, embedder);
        assertThat(nowhere.of(TEXTS)).hasSize(4);
        assertThat(nowhere.of(TEXTS)).hasSize(4);
        assertThat(embedder.calls()).isEqualTo(6);
    }

    private Path file() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.getFirst();
        }
    }
}
