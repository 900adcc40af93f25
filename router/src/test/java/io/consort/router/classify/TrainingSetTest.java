package io.consort.router.classify;

import static io.consort.router.Catalogs.category;
import static org.assertj.core.api.Assertions.assertThat;

import io.consort.experts.Category;
import io.consort.router.Catalogs;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TrainingSetTest {

    private static final Category FRUIT = category("fruit", "apple", "pear");
    private static final Category METAL = category("metal", "iron");

    @Test
    void theOrderOfTheCatalogDoesNotMatter() {
        TrainingSet one =
                TrainingSet.of(Catalogs.of(List.of(FRUIT, METAL), List.of("love", "war")));
        TrainingSet other =
                TrainingSet.of(
                        Catalogs.of(
                                List.of(METAL, category("fruit", "pear", "apple")),
                                List.of("war", "love")));
        assertThat(one).isEqualTo(other);
        assertThat(one.hash("e", 1)).isEqualTo(other.hash("e", 1)).hasSize(64);
    }

    @Test
    void repeatedAndBlankExamplesAreLeftOut() {
        TrainingSet set =
                TrainingSet.of(
                        Catalogs.of(
                                List.of(
                                        category("fruit", "apple", "apple", " "),
                                        category("void", "")),
                                List.of("\n")));
        assertThat(set.categories()).containsExactly("fruit");
        assertThat(set.examples()).containsExactly(new TrainingSet.Example(0, "apple", false));
    }

    @Test
    void everyChangeOfWhatIsLearnedChangesTheHash() {
        List<String> hashes =
                List.of(
                        hash(List.of(FRUIT, METAL), List.of("love")),
                        hash(List.of(FRUIT), List.of("love")),
                        hash(List.of(FRUIT, METAL), List.of()),
                        hash(List.of(FRUIT, category("metal", "irons")), List.of("love")),
                        hash(List.of(FRUIT, category("metals", "iron")), List.of("love")),
                        hash(List.of(FRUIT, category("metal", "iron", "love")), List.of()),
                        TrainingSet.of(Catalogs.of(List.of(FRUIT, METAL), List.of("love")))
                                .hash("e", 2),
                        TrainingSet.of(Catalogs.of(List.of(FRUIT, METAL), List.of("love")))
                                .hash("f", 1));
        assertThat(hashes).doesNotHaveDuplicates();
    }

    private static String hash(List<Category> categories, List<String> others) {
        return TrainingSet.of(Catalogs.of(categories, others)).hash("e", 1);
    }
}
