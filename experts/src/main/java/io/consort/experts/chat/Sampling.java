package io.consort.experts.chat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How the next token is chosen and when an answer ends. What is absent is the expert's default.
 *
 * @param temperature 0 is greedy
 * @param maxTokens tokens of the answer at most
 * @param stop texts at which the answer ends, themselves left out
 * @param topLogprobs present when log-probabilities are asked for: how many alternatives, 0 to 20
 */
public record Sampling(
        OptionalDouble temperature,
        OptionalDouble topP,
        OptionalInt topK,
        OptionalLong seed,
        OptionalInt maxTokens,
        List<String> stop,
        Optional<Integer> topLogprobs) {

    /** Everything left to the expert. */
    public static final Sampling DEFAULT =
            new Sampling(
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    OptionalInt.empty(),
                    OptionalLong.empty(),
                    OptionalInt.empty(),
                    List.of(),
                    Optional.empty());

    public Sampling {
        stop = List.copyOf(stop);
    }
}
