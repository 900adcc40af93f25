package io.consort.service.api.chat;

import com.fasterxml.jackson.core.JsonGenerator;
import io.consort.experts.chat.AnswerEvent.ToolCall;
import java.io.IOException;

/** Writes calls of tools. */
final class ToolCallJson {

    private ToolCallJson() {}

    /** Writes the fields that a call has in a chunk and in a whole message alike. */
    static void writeFields(JsonGenerator out, ToolCall call) throws IOException {
        out.writeStringField("id", call.id());
        out.writeStringField("type", "function");
        out.writeObjectFieldStart("function");
        out.writeStringField("name", call.name());
        out.writeStringField("arguments", call.arguments());
        out.writeEndObject();
    }
}
