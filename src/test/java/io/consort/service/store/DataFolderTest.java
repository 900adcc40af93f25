package io.consort.service.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir Path parent = Path.of("");

    @Test
    void onlyItsOwnerCanReadIt() throws IOException {
        DataFolder folder = DataFolder.at(parent.resolve("data"));
        folder.keepFirstKey("ck-secret");
        folder.pepper(new SecureRandom());
        assertThat(permissions(folder.path())).isEqualTo("rwx------");
        assertThat(permissions(folder.firstKeyFile())).isEqualTo("rw-------");
        assertThat(permissions(folder.path().resolve("pepper"))).isEqualTo("rw-------");
        assertThat(folder.firstKey()).contains("ck-secret");
    }

    @Test
    void thePepperStaysTheSame() {
        DataFolder folder = DataFolder.at(parent);
        byte[] made = folder.pepper(new SecureRandom());
        assertThat(made).hasSize(32);
        assertThat(folder.pepper(new SecureRandom())).isEqualTo(made);
    }

    @Test
    void itCanBeClaimedByOneAtATime() throws IOException {
        DataFolder folder = DataFolder.at(parent);
        try (Closeable _ = folder.claim().orElseThrow()) {
            assertThat(folder.claim()).isEmpty();
        }
        try (Closeable again = folder.claim().orElseThrow()) {
            assertThat(again).isNotNull();
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
