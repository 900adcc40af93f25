package io.consort.service.training;

import io.consort.experts.Catalog;
import io.consort.experts.Category;
import io.consort.service.store.Examples.Example;
import java.util.List;
import java.util.stream.Stream;

/** A catalog together with examples that were added to it. */
public final class Teaching {

    private Teaching() {}

    /**
     * The catalog with the examples behind its own; those of categories that it no longer has are left
     * out.
     */
    public static Catalog with(Catalog catalog, List<Example> added) {
        return catalog.withExamples(
                catalog.categories().stream()
                        .map(category ->
                                new Category(
                                        category.id(),
                                        category.description(),
                                        both(category.examples(), added, category.id())))
                        .toList(),
                both(catalog.otherExamples(), added, Category.NONE));
    }

    private static List<String> both(List<String> own, List<Example> added, String category) {
        return Stream.concat(
                        own.stream(),
                        added.stream()
                                .filter(example -> example.category().equals(category))
                                .map(Example::query))
                .toList();
    }
}
