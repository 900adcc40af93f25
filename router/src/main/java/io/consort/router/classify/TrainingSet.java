package io.consort.router.classify;

import io.consort.experts.Catalog;
import io.consort.experts.Category;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * What a classifier learns from, in an order that does not depend on the catalog's: neither the
 * order of categories nor that of examples matters.
 *
 * @param categories ids of the categories that have examples, sorted
 * @param examples by label and then by text, those of no category last; then the grown ones
 */
record TrainingSet(List<String> categories, List<Example> examples) {

    /**
     * A query and its category.
     *
     * @param label index of the category; the number of categories stands for none
     * @param grown whether a classifier gave it the label, see {@link Growth}
     */
    record Example(int label, String text, boolean grown) {}

    TrainingSet {
        categories = List.copyOf(categories);
        examples = List.copyOf(examples);
    }

    /** The catalog's examples, repeated and blank ones left out. */
    static TrainingSet of(Catalog catalog) {
        List<Category> categories =
                catalog.categories().stream()
                        .filter(category -> !texts(category.examples()).isEmpty())
                        .sorted(Comparator.comparing(Category::id))
                        .toList();
        List<Example> examples = new ArrayList<>();
        for (int label = 0; label < categories.size(); label++) {
            for (String text : texts(categories.get(label).examples())) {
                examples.add(new Example(label, text, false));
            }
        }
        for (String text : texts(catalog.otherExamples())) {
            examples.add(new Example(categories.size(), text, false));
        }
        return new TrainingSet(categories.stream().map(Category::id).toList(), examples);
    }

    /** The same and, behind the labelled examples, others that a classifier labelled. */
    TrainingSet with(List<Grown> grown) {
        List<Example> all = new ArrayList<>(examples);
        for (Grown one : grown) {
            all.add(new Example(categories.indexOf(one.category()), one.text(), true));
        }
        return new TrainingSet(categories, all);
    }

    /** The texts of the examples, in their order. */
    List<String> texts() {
        return examples.stream().map(Example::text).toList();
    }

    /** The label of queries of no category. */
    int none() {
        return categories.size();
    }

    /** A SHA-256, in hexadecimal, of categories, examples and how they are learned from. */
    String hash(String embedder, int trainer) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, embedder);
            add(digest, Integer.toString(trainer));
            categories.forEach(category -> add(digest, category));
            for (Example example : examples) {
                add(digest, (example.grown() ? "+" : "") + example.label());
                add(digest, example.text());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }

    private static List<String> texts(List<String> examples) {
        return examples.stream().filter(text -> !text.isBlank()).distinct().sorted().toList();
    }
}
