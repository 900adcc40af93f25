package io.consort.runtime.engine;

import io.consort.runtime.model.FakeDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

/** What the tests ask for, and what a hashing model must answer. */
final class Generations {

    private Generations() {}

    static Generation greedy(int[] prompt, int maxTokens) {
        return new Generation(
                prompt,
                maxTokens,
                Set.of(),
                new Sampler.Greedy(),
                OptionalInt.empty(),
                OptionalLong.empty());
    }

    static Generation greedy(int promptTokens, int maxTokens) {
        int[] prompt = new int[promptTokens];
        Arrays.setAll(prompt, i -> 16 + i % 50);
        return greedy(prompt, maxTokens);
    }

    static int[] prompt(Random random, int length, int vocabulary) {
        int[] prompt = new int[length];
        Arrays.setAll(prompt, i -> 16 + random.nextInt(vocabulary - 16));
        return prompt;
    }

    static List<Integer> expected(int[] prompt, int count, int vocabulary) {
        int[] tokens = Arrays.copyOf(prompt, prompt.length + count);
        List<Integer> answer = new ArrayList<>();
        for (int length = prompt.length; length < tokens.length; length++) {
            tokens[length] = FakeDecoder.hashed(Arrays.copyOf(tokens, length), vocabulary);
            answer.add(tokens[length]);
        }
        return answer;
    }
}
