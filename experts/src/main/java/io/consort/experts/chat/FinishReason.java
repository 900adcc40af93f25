package io.consort.experts.chat;

/** Why a choice ended. */
public enum FinishReason {
    /** The model was done, or a stop text came. */
    STOP,
    /** The limit of tokens, or the model's context, was reached. */
    LENGTH,
    /** The model wants tools to be called. */
    TOOL_CALLS,
    /** The provider withheld the rest. */
    CONTENT_FILTER
}
