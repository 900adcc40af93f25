package io.consort.experts.chat;

import java.util.List;
import java.util.Optional;

/** A piece of an answer. Choices are numbered from 0. */
public sealed interface AnswerEvent {

    /** More text of a choice; text and log-probabilities may be empty, but not both. */
    record Text(int choice, String text, List<TokenLogprob> logprobs) implements AnswerEvent {
        public Text {
            logprobs = List.copyOf(logprobs);
        }
    }

    /** More of what a model thinks before it answers. */
    record Reasoning(int choice, String text) implements AnswerEvent {}

    /**
     * A tool that the model wants called, whole.
     *
     * @param index the call's place among the choice's calls, from 0
     * @param arguments a JSON object as text
     */
    record ToolCall(int choice, int index, String id, String name, String arguments)
            implements AnswerEvent {}

    /** A choice is complete. */
    record Finish(int choice, FinishReason reason) implements AnswerEvent {}

    /** Tokens used by all choices together; comes at most once, after the last finish. */
    record Used(Usage usage) implements AnswerEvent {}

    /**
     * A chunk of an OpenAI-dialect stream exactly as the server sent it.
     *
     * @param json the chunk's JSON object in UTF-8, without framing; must not be changed
     * @param usage where the chunk carries it
     * @param usageOnly whether the chunk carries nothing else
     */
    record Verbatim(byte[] json, Optional<Usage> usage, boolean usageOnly) implements AnswerEvent {}
}
