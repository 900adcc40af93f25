package io.consort.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FileSizeTest {

    private static final int NEVER_ABOVE = 500;
    private static final int REASON_ABOVE = 300;
    private static final int MEDIAN_BELOW = 80;

    /** Files above the limit that needs a reason, each with its reason. */
    private static final Map<String, String> REASONS =
            Map.of(
                    "runtime/src/test/java/io/consort/runtime/backend/cuda/CudaModelAccelTest.java",
                    "its models are expensive to make and shared by what is asked of them",
                    "runtime/src/test/java/io/consort/runtime/local/LocalExpertTest.java",
                    "everything that a local expert promises, over one fake model",
                    "src/test/java/io/consort/service/api/BadAdminInputTest.java",
                    "a table of bad inputs with their answers");

    private static final SourceTree SOURCES = SourceTree.below(RepositoryRoot.path());

    @Test
    void noFileIsLongerThanItsReason() {
        assertThat(SOURCES.longerThan(NEVER_ABOVE, Set.of())).isEmpty();
        assertThat(SOURCES.longerThan(REASON_ABOVE, REASONS.keySet())).isEmpty();
    }

    @Test
    void everyReasonIsStillNeeded() {
        assertThat(SOURCES.stale(REASON_ABOVE, REASONS.keySet())).isEmpty();
        assertThat(REASONS.values()).noneMatch(String::isBlank);
    }

    @Test
    void theMedianFileFitsOnAScreen() {
        assertThat(SOURCES.medianLines()).isLessThan(MEDIAN_BELOW);
    }

    @Test
    void everyPackageIsDescribedAndNullMarked() {
        assertThat(SOURCES.unmarkedPackages()).isEmpty();
    }

    @Test
    void theTopLevelHoldsNothingNew() {
        assertThat(RepositoryRoot.strangers(RepositoryRoot.path())).isEmpty();
    }

    @Test
    void longFilesAndStaleReasonsAreFound() {
        SourceTree tree =
                new SourceTree(
                        List.of(
                                source("src/main/java/a/Long.java", 301),
                                source("src/main/java/a/Reasoned.java", 400),
                                source("src/main/java/a/Short.java", 300)));
        Set<String> reasons =
                Set.of(
                        "src/main/java/a/Reasoned.java",
                        "src/main/java/a/Short.java",
                        "src/main/java/a/Gone.java");

        assertThat(tree.longerThan(REASON_ABOVE, reasons))
                .containsExactly("src/main/java/a/Long.java: 301 lines");
        assertThat(tree.stale(REASON_ABOVE, reasons))
                .containsExactly("src/main/java/a/Gone.java", "src/main/java/a/Short.java");
    }

    @Test
    void theMedianLeavesTestsAndPackageDescriptionsOut() {
        SourceTree tree =
                new SourceTree(
                        List.of(
                                source("router/src/main/java/a/package-info.java", 5),
                                source("router/src/main/java/a/One.java", 10),
                                source("router/src/main/java/a/Two.java", 30),
                                source("router/src/test/java/a/OneTest.java", 200)));

        assertThat(tree.medianLines()).isEqualTo(20);
    }

    @Test
    void packagesThatAreNotDescribedOrNotMarkedAreFound() {
        SourceTree tree =
                new SourceTree(
                        List.of(
                                source("src/main/java/bare/One.java", 10),
                                source("src/main/java/unmarked/package-info.java", 3),
                                new SourceTree.Source(
                                        "src/main/java/undescribed/package-info.java",
                                        List.of("@NullMarked", "package undescribed;")),
                                new SourceTree.Source(
                                        "src/main/java/marked/package-info.java",
                                        List.of("/** It. */", "@NullMarked", "package marked;")),
                                source("src/test/java/marked/OneTest.java", 10),
                                source("runtime/peers/Program.java", 10)));

        assertThat(tree.unmarkedPackages()).containsExactly("bare", "unmarked", "undescribed");
    }

    private static SourceTree.Source source(String path, int lines) {
        return new SourceTree.Source(path, Collections.nCopies(lines, "line"));
    }
}
