package io.consort.service.catalogs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consort.experts.Catalog;
import io.consort.experts.catalog.CatalogFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortableTest {

    private static final String TEXT =
            """
            version: 1 # first
            categories:
              - { id: sums, examples: ["1 + 1"], examples-file: sums.txt }
            others: { examples-file: none.txt }
            experts:
              - { id: near, local: { checkpoint: model } }
              - { id: far, local: { checkpoint: elsewhere } }
            """;

    @TempDir private Path folder = Path.of("");

    @Test
    void aDocumentMeansTheSameInAnotherFolder() throws Exception {
        Files.writeString(folder.resolve("sums.txt"), "2 + 2\n\n  3: 3 # really\n");
        Files.writeString(folder.resolve("none.txt"), "hello\n- 'quoted'\n");
        Files.createDirectory(folder.resolve("model"));
        CatalogDocument portable = Portable.of(Documents.document(TEXT), folder);

        assertThat(portable.text()).contains("# first").doesNotContain("examples-file");
        Catalog here = CatalogFile.read(TEXT, "x", folder, Map.of());
        Catalog there = CatalogFile.read(portable.text(), "x", Path.of("/other"), Map.of());
        assertThat(there.categories()).isEqualTo(here.categories());
        assertThat(there.otherExamples()).isEqualTo(here.otherExamples());
        assertThat(there.expert("near")).isEqualTo(here.expert("near"));
        assertThat(portable.text()).contains("checkpoint: elsewhere");
    }

    @Test
    void aFileThatIsMissingIsToldWithItsLine() {
        assertThatThrownBy(() -> Portable.of(Documents.document(TEXT), folder))
                .hasMessageContaining("catalog:3: `categories.sums.examples-file` is \"sums.txt\"")
                .hasMessageContaining("catalog:4: `others.examples-file`");
    }
}
