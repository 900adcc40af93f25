package io.consort.runtime.bench.load;

import io.consort.experts.chat.Message;
import io.consort.runtime.engine.Generation;
import io.consort.runtime.engine.Sampler;
import io.consort.runtime.text.ChatTemplate;
import io.consort.runtime.text.HuggingFaceTokenizer;
import io.consort.runtime.text.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

/**
 * Made-up requests of a model: questions alone and at the end of conversations of all lengths, with
 * answers of 16 to 96 tokens that no end token cuts short, so that there is always work.
 */
final class Questions {

    private static final int LONGEST_ANSWER = 96;
    private static final List<String> COUNTRIES =
            List.of("Norway", "Chad", "Peru", "Japan", "Kenya", "Italy", "Fiji", "Cuba", "Iran");

    private Questions() {}

    /** So many requests, the same ones every time. */
    static List<Generation> of(Path folder, int count, int positions) {
        Random random = new Random(5);
        List<Generation> requests = new ArrayList<>(count);
        try (Tokenizer tokenizer = HuggingFaceTokenizer.open(folder)) {
            ChatTemplate template = ChatTemplate.open(folder, tokenizer);
            while (requests.size() < count) {
                int length = (positions - LONGEST_ANSWER) * (1 + random.nextInt(8)) / 8;
                int[] prompt = prompt(template, tokenizer, random, length);
                requests.add(greedy(prompt, 16 + random.nextInt(LONGEST_ANSWER - 15)));
            }
        }
        return requests;
    }

    /** A request whose answer follows from the prompt alone. */
    static Generation greedy(int[] prompt, int answer) {
        return new Generation(
                prompt,
                answer,
                Set.of(),
                new Sampler.Greedy(),
                OptionalInt.empty(),
                OptionalLong.empty());
    }

    /** A conversation that grows until half of the time it is enough, and always before it is too long. */
    private static int[] prompt(
            ChatTemplate template, Tokenizer tokenizer, Random random, int longest) {
        List<Message> messages = new ArrayList<>(List.of(new Message("user", question(random))));
        int[] prompt = tokenizer.encode(template.render(messages));
        while (random.nextBoolean()) {
            messages.add(new Message("assistant", Integer.toString(random.nextInt(1000))));
            messages.add(new Message("user", question(random)));
            int[] longer = tokenizer.encode(template.render(messages));
            if (longer.length > longest) {
                break;
            }
            prompt = longer;
        }
        return prompt;
    }

    private static String question(Random random) {
        int a = random.nextInt(1000);
        int b = random.nextInt(1000);
        return switch (random.nextInt(4)) {
            case 0 -> "What is %d + %d?".formatted(a, b);
            case 1 ->
                    "Ann has %d pens and buys %d more. How many pens does she have?"
                            .formatted(a, b);
            case 2 ->
                    "What is the capital of %s?"
                            .formatted(COUNTRIES.get(random.nextInt(COUNTRIES.size())));
            default -> "Which number is larger, %d or %d? Say why.".formatted(a, b);
        };
    }
}
