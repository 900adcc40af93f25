package io.consort.experts.chat;

import java.util.List;
import java.util.Set;

/**
 * A validated chat request: the fields that Consort understands, and the body as the client sent
 * it.
 *
 * @param stream whether the client reads the answer piece by piece
 * @param includeUsage whether the client asked for usage in the stream
 * @param choices how many answers are wanted ({@code n})
 * @param demands names of body fields, set by the client, that only some experts can honour, such
 *     as {@code tools} or {@code response_format}
 * @param body the client's JSON object, in UTF-8; must not be changed
 */
public record ChatRequest(
        List<Message> messages,
        Sampling sampling,
        boolean stream,
        boolean includeUsage,
        int choices,
        Set<String> demands,
        byte[] body) {

    public ChatRequest {
        messages = List.copyOf(messages);
        demands = Set.copyOf(demands);
    }
}
