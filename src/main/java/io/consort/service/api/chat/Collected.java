package io.consort.service.api.chat;

import com.fasterxml.jackson.core.JsonGenerator;
import io.consort.experts.chat.AnswerEvent;
import io.consort.experts.chat.AnswerEvent.Finish;
import io.consort.experts.chat.AnswerEvent.Reasoning;
import io.consort.experts.chat.AnswerEvent.Text;
import io.consort.experts.chat.AnswerEvent.ToolCall;
import io.consort.experts.chat.AnswerEvent.Used;
import io.consort.experts.chat.AnswerEvent.Verbatim;
import io.consort.experts.chat.ExpertException;
import io.consort.experts.chat.FinishReason;
import io.consort.experts.chat.TokenLogprob;
import io.consort.experts.chat.Usage;
import io.consort.service.api.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Gathers the events of one answer into a whole completion of OpenAI's dialect. Not thread-safe. */
final class Collected {

    private final Map<Integer, Choice> choices = new TreeMap<>();
    private Optional<Usage> usage = Optional.empty();

    private static final class Choice {
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder reasoning = new StringBuilder();
        private final List<TokenLogprob> logprobs = new ArrayList<>(0);
        private final List<ToolCall> calls = new ArrayList<>(0);
        private FinishReason reason = FinishReason.STOP;
    }

    /** Takes the next event. */
    void add(AnswerEvent event) {
        switch (event) {
            case Text text -> {
                choice(text.choice()).text.append(text.text());
                choice(text.choice()).logprobs.addAll(text.logprobs());
            }
            case Reasoning thought -> choice(thought.choice()).reasoning.append(thought.text());
            case ToolCall call -> choice(call.choice()).calls.add(call);
            case Finish finish -> choice(finish.choice()).reason = finish.reason();
            case Used used -> usage = Optional.of(used.usage());
            case Verbatim _ ->
                    throw ExpertException.of(
                            ExpertException.Kind.GARBLED, "it streams what was asked for whole");
        }
    }

    /** Tokens used, where the expert said so. */
    Optional<Usage> usage() {
        return usage;
    }

    /** The completion in UTF-8. */
    byte[] json(String id, long created, String model) {
        return Json.write(out -> {
            out.writeStartObject();
            out.writeStringField("id", id);
            out.writeStringField("object", "chat.completion");
            out.writeNumberField("created", created);
            out.writeStringField("model", model);
            out.writeArrayFieldStart("choices");
            for (Map.Entry<Integer, Choice> entry : choices.entrySet()) {
                write(out, entry.getKey(), entry.getValue());
            }
            out.writeEndArray();
            if (usage.isPresent()) {
                UsageJson.write(out, usage.get());
            }
            out.writeEndObject();
        });
    }

    private Choice choice(int index) {
        return choices.computeIfAbsent(index, _ -> new Choice());
    }

    private static void write(JsonGenerator out, int index, Choice choice) throws IOException {
        out.writeStartObject();
        out.writeNumberField("index", index);
        out.writeObjectFieldStart("message");
        out.writeStringField("role", "assistant");
        if (choice.text.isEmpty() && !choice.calls.isEmpty()) {
            out.writeNullField("content");
        } else {
            out.writeStringField("content", choice.text.toString());
        }
        out.writeNullField("refusal");
        if (!choice.reasoning.isEmpty()) {
            out.writeStringField("reasoning_content", choice.reasoning.toString());
        }
        if (!choice.calls.isEmpty()) {
            calls(out, choice.calls);
        }
        out.writeEndObject();
        out.writeFieldName("logprobs");
        if (choice.logprobs.isEmpty()) {
            out.writeNull();
        } else {
            LogprobsJson.write(out, choice.logprobs);
        }
        out.writeStringField("finish_reason", FinishReasons.name(choice.reason));
        out.writeEndObject();
    }

    private static void calls(JsonGenerator out, List<ToolCall> calls) throws IOException {
        out.writeArrayFieldStart("tool_calls");
        for (ToolCall call : calls) {
            out.writeStartObject();
            ToolCallJson.writeFields(out, call);
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
