package io.consort.router;

import io.consort.experts.Catalog;
import io.consort.experts.Category;
import io.consort.experts.Expert;
import io.consort.experts.ExpertSource;
import io.consort.experts.GuardSettings;
import io.consort.experts.PolicySettings;
import io.consort.experts.Price;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Small catalogs for tests. */
public final class Catalogs {

    /** A mapped policy that has somewhere to go. */
    public static final PolicySettings.Mapped MAPPED =
            new PolicySettings.Mapped("default", Optional.of("general"), 0.5);

    /** A mapped policy that has not. */
    public static final PolicySettings.Mapped ALONE =
            new PolicySettings.Mapped("alone", Optional.empty(), 0.5);

    /** A pinned policy. */
    public static final PolicySettings.Pinned PINNED =
            new PolicySettings.Pinned("pinned", "general");

    private Catalogs() {}

    /** Categories {@code fruit} (apple, then general), {@code metal} (smith) and {@code stray}. */
    public static Catalog small() {
        return of(
                List.of(
                        category("fruit", "apple", "pear", "plum", "fig", "lime", "kiwi"),
                        category("metal", "iron", "gold", "zinc", "lead", "tin", "steel"),
                        category("stray", "dog", "cat")),
                List.of("love", "war", "peace", "rain", "snow"));
    }

    /** The same experts and policies with other examples. */
    public static Catalog of(List<Category> categories, List<String> others) {
        List<Expert> experts =
                Stream.of("apple", "smith", "general").map(Catalogs::expert).toList();
        Map<String, List<String>> ranked =
                Map.of("fruit", List.of("apple", "smith"), "metal", List.of("smith"));
        Map<String, List<String>> map =
                categories.stream()
                        .map(Category::id)
                        .filter(ranked.keySet()::contains)
                        .collect(
                                Collectors.toMap(
                                        id -> id, id -> ranked.getOrDefault(id, List.of())));
        return new Catalog(1, categories, others, experts, map, List.of(MAPPED, ALONE, PINNED));
    }

    /** A category with these examples. */
    public static Category category(String id, String... examples) {
        return new Category(id, id, List.of(examples));
    }

    private static Expert expert(String id) {
        return new Expert(
                id,
                new ExpertSource.Local(Path.of(id)),
                OptionalLong.empty(),
                Price.FREE,
                GuardSettings.DEFAULT);
    }
}
