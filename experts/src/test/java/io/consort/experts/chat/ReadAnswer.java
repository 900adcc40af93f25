package io.consort.experts.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a whole answer says, in whichever form an expert gives it.
 *
 * @param text of the first choice
 * @param finishes reasons why choices ended, in OpenAI's words
 * @param choices the choices that said something or ended
 * @param usageLast whether nothing came after the usage
 */
public record ReadAnswer(
        String text,
        List<String> finishes,
        Set<Integer> choices,
        Optional<Usage> usage,
        boolean usageLast) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads an answer to its end. */
    public static ReadAnswer of(Answer answer) {
        return switch (answer) {
            case Answer.Complete complete -> of(complete);
            case Answer.Streaming _ ->
                    of(EventReader.of(answer).request(Long.MAX_VALUE).awaitCompletion());
        };
    }

    private static ReadAnswer of(Answer.Complete complete) {
        Reading reading = new Reading();
        for (JsonNode choice : parse(complete.json()).path("choices")) {
            reading.choice(choice, choice.path("message"));
        }
        reading.usage = complete.usage();
        return reading.toAnswer(true);
    }

    /** Reads the events of a stream. */
    public static ReadAnswer of(List<AnswerEvent> events) {
        Reading reading = new Reading();
        boolean usageLast = false;
        for (AnswerEvent event : events) {
            usageLast = false;
            switch (event) {
                case AnswerEvent.Text text -> reading.text(text.choice(), text.text());
                case AnswerEvent.Reasoning reasoning -> reading.choices.add(reasoning.choice());
                case AnswerEvent.ToolCall call -> reading.choices.add(call.choice());
                case AnswerEvent.Finish finish ->
                        reading.finishes.add(finish.reason().name().toLowerCase(Locale.ROOT));
                case AnswerEvent.Used used -> {
                    reading.usage = Optional.of(used.usage());
                    usageLast = true;
                }
                case AnswerEvent.Verbatim chunk -> {
                    for (JsonNode choice : parse(chunk.json()).path("choices")) {
                        reading.choice(choice, choice.path("delta"));
                    }
                    usageLast = chunk.usage().isPresent();
                    reading.usage = chunk.usage().or(() -> reading.usage);
                }
            }
        }
        return reading.toAnswer(usageLast);
    }

    private static JsonNode parse(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    private static final class Reading {
        private final StringBuilder text = new StringBuilder();
        private final List<String> finishes = new ArrayList<>();
        private final Set<Integer> choices = new TreeSet<>();
        private Optional<Usage> usage = Optional.empty();

        private void choice(JsonNode choice, JsonNode said) {
            text(choice.path("index").asInt(), said.path("content").asText(""));
            if (choice.path("finish_reason").isTextual()) {
                finishes.add(choice.path("finish_reason").asText());
            }
        }

        private void text(int choice, String more) {
            choices.add(choice);
            if (choice == 0) {
                text.append(more);
            }
        }

        private ReadAnswer toAnswer(boolean usageLast) {
            return new ReadAnswer(text.toString(), finishes, choices, usage, usageLast);
        }
    }
}
