package io.consort.runtime.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ScratchFolderTest {

    @Test
    void itIsGoneWithItsContentOnceClosed() throws IOException {
        ScratchFolder folder = new ScratchFolder("scratch");
        Path path = folder.path();
        Files.createDirectories(path.resolve("deep"));
        Files.writeString(path.resolve("deep/file"), "text");
        folder.close();
        assertThat(path).doesNotExist();
    }

    @Test
    void somebodyElseMayHaveRemovedIt() throws IOException {
        ScratchFolder folder = new ScratchFolder("scratch");
        Files.delete(folder.path());
        folder.close();
        assertThat(folder.path()).doesNotExist();
    }
}
