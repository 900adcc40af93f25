package io.consort.service.api.chat;

import com.fasterxml.jackson.core.JsonGenerator;
import io.consort.experts.chat.AnswerEvent;
import io.consort.experts.chat.AnswerEvent.Finish;
import io.consort.experts.chat.AnswerEvent.Reasoning;
import io.consort.experts.chat.AnswerEvent.Text;
import io.consort.experts.chat.AnswerEvent.ToolCall;
import io.consort.experts.chat.AnswerEvent.Used;
import io.consort.experts.chat.AnswerEvent.Verbatim;
import io.consort.service.api.json.Json;
import java.io.IOException;
import java.util.BitSet;

/** Writes the events of one answer as chunks of OpenAI's streaming dialect. Not thread-safe. */
final class Chunks {

    private final String id;
    private final long created;
    private final String model;
    private final boolean includeUsage;
    private final BitSet introduced = new BitSet();

    /**
     * Chunks of the answer with this id.
     *
     * @param created seconds since 1970
     * @param includeUsage whether usage comes at the end; every chunk before then says that it has
     *     none
     */
    Chunks(String id, long created, String model, boolean includeUsage) {
        this.id = id;
        this.created = created;
        this.model = model;
        this.includeUsage = includeUsage;
    }

    /** The event as a JSON object in UTF-8. */
    byte[] json(AnswerEvent event) {
        return switch (event) {
            case Text text -> choice(text.choice(), out -> text(out, text));
            case Reasoning(int choice, String thought) ->
                    choice(
                            choice,
                            out -> {
                                out.writeStringField("reasoning_content", thought);
                                close(out, "");
                            });
            case ToolCall call -> choice(call.choice(), out -> call(out, call));
            case Finish(int choice, var reason) ->
                    choice(choice, out -> close(out, FinishReasons.name(reason)));
            case Used used -> Json.write(out -> usage(out, used));
            case Verbatim verbatim -> verbatim.json();
        };
    }

    private byte[] choice(int index, Json.Writing delta) {
        return Json.write(out -> {
            head(out);
            if (includeUsage) {
                out.writeNullField("usage");
            }
            out.writeArrayFieldStart("choices");
            out.writeStartObject();
            out.writeNumberField("index", index);
            out.writeObjectFieldStart("delta");
            if (!introduced.get(index)) {
                introduced.set(index);
                out.writeStringField("role", "assistant");
            }
            delta.to(out);
            out.writeEndObject();
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    private static void text(JsonGenerator out, Text text) throws IOException {
        out.writeStringField("content", text.text());
        out.writeEndObject();
        if (!text.logprobs().isEmpty()) {
            out.writeFieldName("logprobs");
            LogprobsJson.write(out, text.logprobs());
        }
        out.writeNullField("finish_reason");
    }

    private static void call(JsonGenerator out, ToolCall call) throws IOException {
        out.writeArrayFieldStart("tool_calls");
        out.writeStartObject();
        out.writeNumberField("index", call.index());
        ToolCallJson.writeFields(out, call);
        out.writeEndObject();
        out.writeEndArray();
        close(out, "");
    }

    /** Ends the delta and says why the choice ended, if it did. */
    private static void close(JsonGenerator out, String reason) throws IOException {
        out.writeEndObject();
        if (reason.isEmpty()) {
            out.writeNullField("finish_reason");
        } else {
            out.writeStringField("finish_reason", reason);
        }
    }

    private void usage(JsonGenerator out, Used used) throws IOException {
        head(out);
        out.writeArrayFieldStart("choices");
        out.writeEndArray();
        UsageJson.write(out, used.usage());
        out.writeEndObject();
    }

    private void head(JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("id", id);
        out.writeStringField("object", "chat.completion.chunk");
        out.writeNumberField("created", created);
        out.writeStringField("model", model);
    }
}
