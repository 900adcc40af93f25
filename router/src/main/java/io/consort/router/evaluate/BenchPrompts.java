package io.consort.router.evaluate;

import io.consort.experts.Catalog;
import io.consort.experts.Category;
import io.consort.experts.Expert;
import io.consort.experts.ExpertSource;
import io.consort.experts.GuardSettings;
import io.consort.experts.PolicySettings;
import io.consort.experts.Price;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Made-up questions of four kinds and of none, all different, for the router's benchmark. */
final class BenchPrompts {

    private static final SortedMap<String, List<String>> OPENINGS =
            new TreeMap<>(
                    Map.of(
                            "cooking",
                                    List.of("How do I bake", "A recipe for", "How long do I boil"),
                            "travel",
                                    List.of(
                                            "A cheap flight to",
                                            "What to see in",
                                            "Do I need a visa for"),
                            "code",
                                    List.of(
                                            "Fix this function that",
                                            "Write a test for",
                                            "Refactor"),
                            "law",
                                    List.of(
                                            "Is it legal to",
                                            "Draft a contract about",
                                            "Can I be sued for")));
    private static final List<String> MORE =
            List.of("Who won the match", "How do I train for", "The rules of");
    private static final List<List<String>> KINDS = List.copyOf(OPENINGS.values());
    private static final List<String> OTHER = List.of("Tell me about", "I dreamt of", "Why is");
    private static final List<String> WORDS =
            List.of(
                    "bread",
                    "river",
                    "window",
                    "quickly",
                    "seven",
                    "paper",
                    "garden",
                    "silver",
                    "the",
                    "of",
                    "mountain",
                    "with",
                    "carrots",
                    "ticket",
                    "list",
                    "and",
                    "rent",
                    "parser",
                    "beneath",
                    "winter",
                    "tomato",
                    "loop",
                    "judge",
                    "island",
                    "under",
                    "yellow");

    private final RandomGenerator random;

    BenchPrompts(RandomGenerator random) {
        this.random = random;
    }

    /** A prompt of so many words: questions of one kind, or of none, one after the other. */
    String prompt(int words) {
        int kind = random.nextInt(KINDS.size() + 1);
        List<String> openings = kind < KINDS.size() ? KINDS.get(kind) : OTHER;
        StringBuilder prompt = new StringBuilder();
        int count = 0;
        while (count < words) {
            String question = question(openings, random.nextInt(1_000_000), 6);
            for (String word : question.split(" ", -1)) {
                if (count < words) {
                    prompt.append(count == 0 ? "" : " ").append(word);
                    count++;
                }
            }
        }
        return prompt.append('?').toString();
    }

    /** A catalog with four categories of one expert, with so many examples in all. */
    Catalog catalog(int examples) {
        int each = examples / (OPENINGS.size() + 1);
        List<Category> categories =
                OPENINGS.entrySet().stream()
                        .map(kind ->
                                new Category(
                                        kind.getKey(),
                                        kind.getKey(),
                                        questions(kind.getValue(), each)))
                        .toList();
        Expert expert =
                new Expert(
                        "expert",
                        new ExpertSource.Local(Path.of("none")),
                        OptionalLong.empty(),
                        Price.FREE,
                        GuardSettings.DEFAULT);
        return new Catalog(
                1,
                categories,
                questions(OTHER, each),
                List.of(expert),
                Map.of("cooking", List.of("expert")),
                List.of(new PolicySettings.Mapped("default", Optional.of("expert"), 0.5)));
    }

    /** The same catalog and one more category with so many examples. */
    Catalog wider(Catalog catalog, int examples) {
        List<Category> categories = new ArrayList<>(catalog.categories());
        categories.add(new Category("sports", "sports", questions(MORE, examples)));
        return new Catalog(
                catalog.revision(),
                categories,
                catalog.otherExamples(),
                catalog.experts(),
                catalog.map(),
                catalog.plan(),
                catalog.policies(),
                catalog.thrifty());
    }

    private List<String> questions(List<String> openings, int count) {
        List<String> questions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            questions.add(question(openings, i, 2));
        }
        return questions;
    }

    private String question(List<String> openings, int number, int words) {
        StringBuilder question = new StringBuilder(openings.get(number % openings.size()));
        for (int i = 0; i < words; i++) {
            question.append(' ').append(WORDS.get(random.nextInt(WORDS.size())));
        }
        return question.append(' ').append(number).toString();
    }
}
