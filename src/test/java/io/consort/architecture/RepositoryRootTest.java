package io.consort.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryRootTest {

    @Test
    void aNewEntryOfTheTopLevelIsFound(@TempDir Path root) throws IOException {
        Files.createDirectory(root.resolve("router"));
        Files.createDirectory(root.resolve("target"));
        Files.createDirectory(root.resolve("utilities"));
        Files.createFile(root.resolve("notes.txt"));

        assertThat(RepositoryRoot.strangers(root)).containsExactly("notes.txt", "utilities");
    }

    @Test
    void buildOutputIsNotReadAsSource(@TempDir Path root) throws IOException {
        Files.createDirectories(root.resolve("router/target/a"));
        Files.createDirectories(root.resolve("router/src/main/java/a"));
        Files.writeString(root.resolve("router/target/a/Made.java"), "class Made {}\n");
        Files.writeString(root.resolve("router/src/main/java/a/One.java"), "class One {}\n\n");

        assertThat(SourceTree.below(root).sources())
                .singleElement()
                .satisfies(source -> {
                    assertThat(source.path()).isEqualTo("router/src/main/java/a/One.java");
                    assertThat(source.lines()).hasSize(2);
                });
    }
}
