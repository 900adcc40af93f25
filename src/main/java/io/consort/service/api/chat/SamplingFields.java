package io.consort.service.api.chat;

import io.consort.experts.chat.Sampling;
import io.consort.service.api.ApiException;
import io.consort.service.api.json.BodyReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The fields of a chat body that say how the next token is chosen and when the answer ends. */
final class SamplingFields {

    private static final int STOPS = 4;

    private final BodyReader in;
    private OptionalDouble temperature = OptionalDouble.empty();
    private OptionalDouble topP = OptionalDouble.empty();
    private OptionalInt topK = OptionalInt.empty();
    private OptionalLong seed = OptionalLong.empty();
    private OptionalInt maxTokens = OptionalInt.empty();
    private OptionalInt maxCompletionTokens = OptionalInt.empty();
    private List<String> stop = List.of();
    private boolean logprobs;
    private Optional<Integer> topLogprobs = Optional.empty();

    /** Fields of the body that the reader stands in. */
    SamplingFields(BodyReader in) {
        this.in = in;
    }

    /** Reads the value of the field; false, with the value untouched, when it is not one of these. */
    boolean field(String name) {
        switch (name) {
            case "temperature" -> temperature = OptionalDouble.of(in.number(0, 2));
            case "top_p" -> topP = OptionalDouble.of(in.number(0, 1));
            case "top_k" -> topK = topK(in.integer(-1, Integer.MAX_VALUE));
            case "seed" -> seed = OptionalLong.of(in.integer(Long.MIN_VALUE, Long.MAX_VALUE));
            case "max_tokens" -> maxTokens = OptionalInt.of(count());
            case "max_completion_tokens" -> maxCompletionTokens = OptionalInt.of(count());
            case "stop" -> stop = stop();
            case "logprobs" -> logprobs = in.bool();
            case "top_logprobs" -> topLogprobs = Optional.of((int) in.integer(0, 20));
            default -> {
                return false;
            }
        }
        return true;
    }

    /** All fields together. */
    Sampling complete() {
        if (topLogprobs.isPresent() && !logprobs) {
            throw ApiException.invalid(
                    "top_logprobs", "`top_logprobs` is only allowed when `logprobs` is true.");
        }
        return new Sampling(
                temperature,
                topP,
                topK,
                seed,
                maxCompletionTokens.isPresent() ? maxCompletionTokens : maxTokens,
                stop,
                logprobs ? Optional.of(topLogprobs.orElse(0)) : Optional.empty());
    }

    private int count() {
        return (int) in.integer(1, Integer.MAX_VALUE);
    }

    /** Some servers take -1 or 0 for no limit. */
    private static OptionalInt topK(long value) {
        return value >= 1 ? OptionalInt.of((int) value) : OptionalInt.empty();
    }

    private List<String> stop() {
        if (in.isString()) {
            String only = in.string();
            return only.isEmpty() ? List.of() : List.of(only);
        }
        if (!in.isArray()) {
            throw ApiException.invalid(
                    "stop",
                    "invalid_type",
                    "`stop` must be a string or an array of strings, not %s."
                            .formatted(in.found()));
        }
        List<String> stops = new ArrayList<>(STOPS);
        while (in.nextElement()) {
            if (stops.size() == STOPS) {
                throw ApiException.invalid(
                        "stop", "`stop` must have at most %d texts.".formatted(STOPS));
            }
            String text = in.string();
            if (text.isEmpty()) {
                throw ApiException.invalid(in.path(), "`stop` must not have an empty text.");
            }
            stops.add(text);
        }
        return stops;
    }
}
