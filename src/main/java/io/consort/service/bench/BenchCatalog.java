package io.consort.service.bench;

import java.util.ArrayList;
import java.util.List;

/** The catalog that the measured gateway serves: one expert, three categories that lead to it. */
final class BenchCatalog {

    /** The model that stands for the policy that always asks the stub. */
    static final String PINNED = "consort/pinned";

    /** The model for which the query is classified. */
    static final String AUTO = "auto";

    private static final List<String> CITIES =
            List.of("Paris", "Rome", "Lima", "Cairo", "Oslo", "Tokyo", "Quito", "Accra", "Dhaka");
    private static final List<String> WORDS =
            List.of("banana", "stone", "river", "candle", "window", "garden", "letter", "tiger");

    private BenchCatalog() {}

    static String yaml(int stubPort) {
        List<String> arithmetic = new ArrayList<>();
        for (int number = 11; number < 41; number++) {
            arithmetic.add("What is %d plus %d?".formatted(number, 97 - number));
            arithmetic.add("Multiply %d by %d.".formatted(number, number % 9 + 2));
        }
        List<String> words = new ArrayList<>();
        for (String word : WORDS) {
            words.add("Spell %s backwards.".formatted(word));
            words.add("How many letters are in the word %s?".formatted(word));
            words.add("Which letter does %s end with?".formatted(word));
        }
        List<String> facts = new ArrayList<>();
        for (String city : CITIES) {
            facts.add("Which country has %s as its capital?".formatted(city));
            facts.add("On which continent does %s lie?".formatted(city));
            facts.add("What do people pay with in %s?".formatted(city));
        }
        return """
        version: 1
        categories:
        %s%s%s\
        experts:
          - id: stub
            openai: { base-url: "http://127.0.0.1:%d/v1", model: stub }
            guard: { concurrency: 1024 }
        map: { arithmetic: [stub], words: [stub], facts: [stub] }
        policies:
          - id: default
            mapped: { fallback: stub }
          - id: pinned
            pinned: { expert: stub }
        """
                .formatted(
                        category("arithmetic", arithmetic),
                        category("words", words),
                        category("facts", facts),
                        stubPort);
    }

    private static String category(String id, List<String> examples) {
        return "  - id: %s\n    description: Questions about %s.\n    examples: [\"%s\"]\n"
                .formatted(id, id, String.join("\", \"", examples));
    }
}
