package io.consort.router.classify;

import static io.consort.router.Catalogs.category;
import static org.assertj.core.api.Assertions.assertThat;

import io.consort.experts.Catalog;
import io.consort.router.Catalogs;
import io.consort.router.FakeEmbedder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClassifierStoreTest {

    private static final Catalog CATALOG = Catalogs.small();

    @TempDir private Path folder;

    private final FakeEmbedder embedder = new FakeEmbedder(text -> text.substring(0, 1));

    @Test
    void aStoredClassifierIsUsedAgainAndSaysTheSame() {
        Classifier trained = classifier(CATALOG);
        int calls = embedder.calls();
        Classifier read = classifier(CATALOG);
        assertThat(embedder.calls()).isEqualTo(calls);
        for (String text : List.of("apple", "iron", "love", "something else")) {
            float[] embedding = embedder.embed(text).toCompletableFuture().join();
            assertThat(read.classify(text, embedding)).isEqualTo(trained.classify(text, embedding));
        }
    }

    @Test
    void otherExamplesAreLearnedAnew() throws IOException {
        classifier(CATALOG);
        classifier(Catalogs.of(List.of(category("fruit", "apple")), List.of()));
        assertThat(files()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "\u0000",
                "{\"format\":1}",
                "{\"format\":3,\"hash\":\"x\",\"categories\":[]}"
            })
    void aDamagedFileIsReplaced(String content) throws IOException {
        classifier(CATALOG);
        byte[] good = Files.readAllBytes(files().getFirst());
        Files.writeString(files().getFirst(), content);
        classifier(CATALOG);
        assertThat(files()).hasSize(1);
        assertThat(files().getFirst()).hasBinaryContent(good);
    }

    @Test
    void aFileCutOffAnywhereIsReplaced() throws IOException {
        classifier(CATALOG);
        byte[] good = Files.readAllBytes(files().getFirst());
        for (int length = 0; length < good.length; length += good.length / 20) {
            Files.write(files().getFirst(), Arrays.copyOf(good, length));
            classifier(CATALOG);
            assertThat(files().getFirst()).hasBinaryContent(good);
        }
    }

    @Test
    void aForeignFileIsReplaced() throws IOException {
        classifier(CATALOG);
        Path file = files().getFirst();
        String good = Files.readString(file);
        String hash = good.replaceAll("(?s).*\"hash\":\"([0-9a-f]+)\".*", "$1");
        Files.writeString(file, good.replace(hash, "0".repeat(64)));
        classifier(CATALOG);
        assertThat(file).hasContent(good);
    }

    @Test
    void aFolderThatCannotBeWrittenDoesNotStopTheRouter() throws IOException {
        Path blocked = Files.writeString(folder.resolve("file"), "in the way");
        assertThat(new ClassifierStore(blocked, embedder).classifier(CATALOG)).isPresent();
        assertThat(blocked).hasContent("in the way");
    }

    @Test
    void anExampleIsEmbeddedOnceForAllClassifiers() {
        classifier(CATALOG);
        int calls = embedder.calls();
        classifier(Catalogs.of(List.of(category("fruit", "apple", "apricot")), List.of()));
        assertThat(embedder.calls()).isEqualTo(calls + 1);
    }

    @Test
    void withoutExamplesThereIsNoClassifier() throws IOException {
        assertThat(
                        new ClassifierStore(folder, embedder)
                                .classifier(Catalogs.of(List.of(category("a")), List.of("b"))))
                .isEmpty();
        assertThat(files()).isEmpty();
    }

    private Classifier classifier(Catalog catalog) {
        return new ClassifierStore(folder, embedder).classifier(catalog).orElseThrow();
    }

    private static boolean isClassifier(Path file) {
        return String.valueOf(file.getFileName()).startsWith("classifier-");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(ClassifierStoreTest::isClassifier).sorted().toList();
        }
    }
}
