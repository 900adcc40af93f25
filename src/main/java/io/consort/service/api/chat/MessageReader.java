package io.consort.service.api.chat;

import io.consort.experts.chat.Message;
import io.consort.service.api.ApiException;
import io.consort.service.api.json.BodyReader;
import java.util.Set;

/** Reads one message of a conversation. Used once. */
final class MessageReader {

    private static final int SHOWN = 40;

    private final BodyReader in;
    private final ContentReader contents;
    private String role = "";
    private String content = "";
    private boolean said;
    private boolean called;
    private boolean answers;

    /**
     * The message that the reader stands at.
     *
     * @param demands takes the paths of parts that are not text
     */
    MessageReader(BodyReader in, Set<String> demands) {
        this.in = in;
        this.contents = new ContentReader(in, demands);
    }

    /** The message, with a role and something said or called. */
    Message read() {
        String path = in.path();
        in.beginObject();
        while (in.nextField()) {
            if (!in.isNull()) {
                field(in.name());
            }
        }
        require(path + ".role", !role.isEmpty(), "say who speaks");
        require(path + ".content", said || (called && role.equals("assistant")), "say something");
        require(
                path + ".tool_call_id",
                answers || !role.equals("tool"),
                "name the call that this message answers");
        return new Message(role.equals("function") ? "tool" : role, content);
    }

    private void field(String name) {
        switch (name) {
            case "role" -> role = role();
            case "content" -> {
                content = contents.read();
                said = true;
            }
            case "tool_calls" -> called = calls();
            case "function_call" -> {
                in.beginObject();
                in.skip();
                called = true;
            }
            case "refusal" -> said |= !in.string().isEmpty();
            case "tool_call_id" -> answers = !in.string().isEmpty();
            case "name" -> in.string();
            case "audio" -> {
                in.skip();
                said = true;
            }
            default -> in.skip();
        }
    }

    private String role() {
        String given = in.string();
        return switch (given) {
            case "system", "developer", "user", "assistant", "tool", "function" -> given;
            default ->
                    throw ApiException.invalid(
                            in.path(),
                            "`%s` is \"%s\"; use system, developer, user, assistant or tool."
                                    .formatted(in.path(), shortened(given)));
        };
    }

    private boolean calls() {
        in.beginArray();
        boolean any = false;
        while (in.nextElement()) {
            in.beginObject();
            in.skip();
            any = true;
        }
        return any;
    }

    private static void require(String path, boolean given, String remedy) {
        if (!given) {
            throw ApiException.missing(path, remedy);
        }
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
