package io.consort.router.classify;

import static io.consort.router.Catalogs.category;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consort.experts.Catalog;
import io.consort.experts.Category;
import io.consort.router.Catalogs;
import io.consort.router.FakeEmbedder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts are a kind and a number; two texts of a kind are similar. */
final class TwoStepsTest {

    private static final int EACH = 40;

    @TempDir private Path folder;

    private final FakeEmbedder embedder = new FakeEmbedder(text -> text.split(" ", -1)[0]);
    private final FakeEmbedder both =
            new FakeEmbedder(text -> text.split(" ", -1)[0])
                    .withQuick(text -> text.split(" ", -1)[0]);

    @Test
    void aClearQueryIsDecidedWithoutTheEmbedder() {
        Classifier classifier = new ClassifierStore(folder, both).classifier(fruit()).orElseThrow();
        int calls = both.calls();
        Classification clear = classifier.classify("plum 3000", both).toCompletableFuture().join();
        assertThat(clear.top().orElseThrow().category()).isEqualTo("plum");
        assertThat(clear.abstained()).isFalse();
        assertThat(both.calls()).isEqualTo(calls);
        assertThat(classifier.report().quickShare()).isGreaterThan(0.5);
    }

    @Test
    void aQuickJudgeThatSeesNothingDecidesNothing() {
        FakeEmbedder blind =
                new FakeEmbedder(text -> Integer.toString(hidden(text))).withQuick(_ -> "alike");
        Catalog catalog = Catalogs.of(List.of(mixed(0), mixed(1), mixed(2)), List.of());
        Classifier classifier =
                new ClassifierStore(folder, blind).classifier(catalog).orElseThrow();
        int calls = blind.calls();
        classifier.classify("zq3x", blind).toCompletableFuture().join();
        assertThat(blind.calls()).isEqualTo(calls + 1);
    }

    @Test
    void aNewCategoryIsLearnedAndTheOthersStayAsTheyWere() {
        ClassifierStore store = new ClassifierStore(folder, both);
        Category news = category("fig", texts("fig", EACH));
        Catalog wider =
                Catalogs.of(
                        Stream.concat(fruit().categories().stream(), Stream.of(news)).toList(),
                        fruit().otherExamples());
        Classifier before = store.classifier(fruit()).orElseThrow();
        Classifier after = store.extend(fruit(), news, wider);
        for (String kind : List.of("plum", "pear", "fig")) {
            assertThat(share(after, kind)).as(kind).isGreaterThanOrEqualTo(0.9);
        }
        assertThat(share(before, "fig")).isZero();
        assertThat(head(after, "plum")).isEqualTo(head(before, "plum"));
        int calls = both.calls();
        Classifier read = store.classifier(wider).orElseThrow();
        assertThat(both.calls()).isEqualTo(calls);
        assertThat(judged(read, "fig 9000")).isEqualTo(judged(after, "fig 9000"));
        assertThatThrownBy(() -> store.extend(wider, news, wider))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`fig` must be new");
    }

    @Test
    void surePromptsAreLearnedWithinTheirShareAndDoubtfulOnesAreNot() throws Exception {
        List<String> prompts = new ArrayList<>();
        IntStream.range(0, 100).forEach(i -> prompts.add("plum " + (2_000 + i)));
        IntStream.range(0, 30).forEach(i -> prompts.add("stone" + i + " 1"));
        prompts.add("plum 1");
        prompts.add(" ");
        Growth growth = new ClassifierStore(folder, embedder).grow(fruit(), prompts);
        assertThat(growth.grown())
                .hasSizeBetween(5, EACH / 2)
                .allSatisfy(one -> {
                    assertThat(one.category()).isEqualTo("plum");
                    assertThat(one.probability()).isGreaterThanOrEqualTo(0.95);
                    assertThat(one.text()).isNotEqualTo("plum 1").startsWith("plum 2");
                });
        assertThat(growth.kept())
                .isEqualTo(growth.after().accuracy() >= growth.before().accuracy());
        assertThat(growth.after().examples()).isEqualTo(growth.before().examples());
        assertThat(growth.after().grown()).isEqualTo(growth.grown().size());
        try (Stream<Path> files = Files.list(folder)) {
            String stored =
                    Files.readString(
                            files.filter(TwoStepsTest::isClassifier).findFirst().orElseThrow());
            assertThat(stored).contains("\"teacher\":");
            assertThat(stored.contains("plum 20")).isEqualTo(growth.kept());
        }
    }

    @Test
    void onlyTheLatestClassifiersStay() throws Exception {
        for (int i = 0; i < 70; i++) {
            new ClassifierStore(folder, embedder)
                    .classifier(Catalogs.of(List.of(category("a", "a " + i)), List.of()));
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(TwoStepsTest::isClassifier)).hasSize(64);
        }
    }

    private static boolean isClassifier(Path file) {
        return String.valueOf(file.getFileName()).startsWith("classifier-");
    }

    private static Catalog fruit() {
        List<String> others = new ArrayList<>();
        for (int kind = 0; kind < 30; kind++) {
            others.addAll(List.of(texts("other" + kind, 3)));
        }
        return Catalogs.of(
                List.of(
                        category("plum", texts("plum", EACH)),
                        category("pear", texts("pear", EACH)),
                        category("lime", texts("lime", EACH))),
                others);
    }

    /** Words that have nothing in common, so that the embedder alone tells the categories apart. */
    private static Category mixed(int kind) {
        String[] texts =
                IntStream.iterate(1, i -> i * 48_271 % 999_983)
                        .mapToObj(i -> Integer.toString(i, 36) + "x")
                        .filter(text -> hidden(text) == kind)
                        .limit(EACH)
                        .toArray(String[]::new);
        return category("c" + kind, texts);
    }

    private static int hidden(String text) {
        return Math.floorMod(text.hashCode(), 3);
    }

    private static String[] texts(String kind, int count) {
        return IntStream.range(0, count).mapToObj(i -> kind + " " + i).toArray(String[]::new);
    }

    private static double[] head(Classifier classifier, String kind) {
        int label = classifier.thorough().categories().indexOf(kind);
        Head head = classifier.thorough().head();
        return IntStream.range(0, head.owners().length)
                .filter(facet -> head.owners()[facet] == label)
                .mapToDouble(facet -> head.weights()[3][facet])
                .toArray();
    }

    private Classification judged(Classifier classifier, String text) {
        return classifier.classify(text, both.embed(text).toCompletableFuture().join());
    }

    private double share(Classifier classifier, String kind) {
        return IntStream.range(5_000, 5_050)
                        .mapToObj(i -> judged(classifier, kind + " " + i))
                        .filter(c -> !c.abstained())
                        .filter(c -> c.top().orElseThrow().category().equals(kind))
                        .count()
                / 50.0;
    }
}
