package io.consort.experts.chat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Requests and calls for tests. */
public final class ChatRequests {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ChatRequests() {}

    /** A request that asks one question. */
    public static ChatRequest asking(String question, boolean stream) {
        return asking(question, stream, 1, Set.of(), _ -> {});
    }

    /**
     * A request that asks one question.
     *
     * @param body adds to the body; what it adds and is not known to requests is to be named in
     *     {@code demands}
     */
    public static ChatRequest asking(
            String question,
            boolean stream,
            int choices,
            Set<String> demands,
            Consumer<ObjectNode> body) {
        ObjectNode json = JSON.createObjectNode();
        json.put("model", "auto");
        json.putArray("messages").addObject().put("role", "user").put("content", question);
        if (stream) {
            json.put("stream", true);
        }
        if (choices > 1) {
            json.put("n", choices);
        }
        body.accept(json);
        return new ChatRequest(
                List.of(new Message("user", question)),
                Sampling.DEFAULT,
                stream,
                false,
                choices,
                demands,
                json.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** A call with a cancellation of its own. */
    public static ChatCall call(ChatRequest request) {
        return new ChatCall("chatcmpl-test", request, new Cancellation());
    }
}
