package io.consort.experts.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import io.consort.experts.chat.ExpertException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Translates the turns of a conversation for LangChain4j. Used once. */
final class LangChainMessages {

    private final List<ChatMessage> translated = new ArrayList<>();
    private final Map<String, String> toolNames = new HashMap<>();

    private LangChainMessages() {}

    static List<ChatMessage> of(JsonNode messages) {
        LangChainMessages translation = new LangChainMessages();
        int index = 0;
        for (JsonNode message : messages) {
            translation.add(message, "messages[%d]".formatted(index));
            index++;
        }
        if (translation.translated.isEmpty()) {
            throw ExpertException.unsupported("messages", "`messages` must not be empty");
        }
        return translation.translated;
    }

    private void add(JsonNode message, String path) {
        String text = text(message.path("content"), path + ".content");
        switch (message.path("role").asText()) {
            case "system", "developer" -> translated.add(SystemMessage.from(text));
            case "user" -> translated.add(UserMessage.from(text));
            case "assistant" -> translated.add(assistant(message, text));
            case "tool" -> {
                String id = message.path("tool_call_id").asText();
                String name = toolNames.getOrDefault(id, "tool");
                translated.add(ToolExecutionResultMessage.from(id, name, text));
            }
            default ->
                    throw ExpertException.unsupported(
                            path + ".role",
                            "`%s.role` is none that this expert knows".formatted(path));
        }
    }

    private AiMessage assistant(JsonNode message, String text) {
        List<ToolExecutionRequest> calls = new ArrayList<>();
        for (JsonNode call : message.path("tool_calls")) {
            String id = call.path("id").asText();
            String name = call.path("function").path("name").asText();
            toolNames.put(id, name);
            calls.add(
                    ToolExecutionRequest.builder()
                            .id(id)
                            .name(name)
                            .arguments(call.path("function").path("arguments").asText("{}"))
                            .build());
        }
        AiMessage.Builder builder = AiMessage.builder();
        if (!text.isEmpty() || calls.isEmpty()) {
            builder.text(text);
        }
        return builder.toolExecutionRequests(calls).build();
    }

    private static String text(JsonNode content, String path) {
        if (!content.isArray()) {
            return content.asText("");
        }
        List<String> parts = new ArrayList<>();
        for (JsonNode part : content) {
            if (!part.path("type").asText().equals("text")) {
                throw ExpertException.unsupported(
                        path, "`%s` may only have text for this expert".formatted(path));
            }
            parts.add(part.path("text").asText());
        }
        return String.join("\n", parts);
    }
}
