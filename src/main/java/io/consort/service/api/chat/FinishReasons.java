package io.consort.service.api.chat;

import io.consort.experts.chat.FinishReason;

/** OpenAI's names of the reasons why an answer ends. */
final class FinishReasons {

    private FinishReasons() {}

    /** The name on the wire. */
    static String name(FinishReason reason) {
        return switch (reason) {
            case STOP -> "stop";
            case LENGTH -> "length";
            case TOOL_CALLS -> "tool_calls";
            case CONTENT_FILTER -> "content_filter";
        };
    }
}
