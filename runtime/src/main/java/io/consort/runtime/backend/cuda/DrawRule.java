package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.Choice;
import io.consort.runtime.backend.Draw;
import io.consort.runtime.backend.Step;
import io.consort.runtime.backend.TokenWeights;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What {@code draw.cu} is told of a row. It stays the same while a sequence grows.
 *
 * @param draw empty where the most probable token is chosen
 * @param origin what a row's position, after a step, lacks to be that of the token in its answer
 * @param likelihood whether the logarithm of the token's probability is wanted
 */
record DrawRule(Optional<Draw> draw, int origin, boolean likelihood) {

    static final int BYTES = 32;

    /** Those of the rows that a step ends with; none where all choices are plain. */
    static List<DrawRule> of(List<Choice> choices, Step step) {
        return of(
                choices,
                IntStream.range(0, choices.size())
                        .map(row -> step.spans().get(row).start() + 1)
                        .toArray());
    }

    /** Those of rows that know no positions. */
    static List<DrawRule> of(List<Choice> choices) {
        return of(choices, new int[choices.size()]);
    }

    private static List<DrawRule> of(List<Choice> choices, int[] positions) {
        if (choices.stream().allMatch(Choice::isPlain)) {
            return List.of();
        }
        return IntStream.range(0, positions.length)
                .mapToObj(row -> {
                    Choice choice = choices.get(row);
                    int origin = choice.draw().isPresent() ? choice.position() - positions[row] : 0;
                    return new DrawRule(choice.draw(), origin, choice.likelihood());
                })
                .toList();
    }

    /** Writes it as the kernel reads it. */
    void write(MemorySegment rules, int row) {
        long at = (long) BYTES * row;
        rules.set(ValueLayout.JAVA_DOUBLE, at, draw.map(Draw::topP).orElse(1.0));
        rules.set(ValueLayout.JAVA_LONG, at + 8, draw.map(Draw::key).orElse(0L));
        rules.set(
                ValueLayout.JAVA_FLOAT,
                at + 16,
                draw.map(one -> TokenWeights.factor(one.temperature())).orElse(0f));
        rules.set(ValueLayout.JAVA_INT, at + 20, draw.map(Draw::topK).orElse(Draw.ALL));
        rules.set(ValueLayout.JAVA_INT, at + 24, origin);
        rules.set(ValueLayout.JAVA_INT, at + 28, likelihood ? 1 : 0);
    }
}
