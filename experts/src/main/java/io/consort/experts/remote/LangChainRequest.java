package io.consort.experts.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.request.ToolChoice;
import io.consort.experts.chat.ChatRequest;
import io.consort.experts.chat.ExpertException;
import io.consort.experts.chat.Sampling;
import java.io.IOException;

/** Translates chat requests for LangChain4j. */
final class LangChainRequest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private LangChainRequest() {}

    /**
     * The request in LangChain4j's words.
     *
     * @throws ExpertException naming the field that has no translation
     */
    static dev.langchain4j.model.chat.request.ChatRequest of(ChatRequest request) {
        JsonNode body = parse(request.body());
        DefaultChatRequestParameters.Builder<?> parameters = DefaultChatRequestParameters.builder();
        Sampling sampling = request.sampling();
        sampling.temperature().ifPresent(parameters::temperature);
        sampling.topP().ifPresent(parameters::topP);
        sampling.topK().ifPresent(parameters::topK);
        sampling.maxTokens().ifPresent(parameters::maxOutputTokens);
        if (!sampling.stop().isEmpty()) {
            parameters.stopSequences(sampling.stop());
        }
        JsonNode choice = body.path("tool_choice");
        if (body.path("tools").size() > 0 && !choice.asText("").equals("none")) {
            parameters.toolSpecifications(LangChainTools.of(body.path("tools")));
            toolChoice(choice, parameters);
        }
        return dev.langchain4j.model.chat.request.ChatRequest.builder()
                .messages(LangChainMessages.of(body.path("messages")))
                .parameters(parameters.build())
                .build();
    }

    private static JsonNode parse(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException malformed) {
            throw ExpertException.unsupported("body", "The request is no JSON object");
        }
    }

    private static void toolChoice(
            JsonNode choice, DefaultChatRequestParameters.Builder<?> parameters) {
        switch (choice.asText("")) {
            case "required" -> parameters.toolChoice(ToolChoice.REQUIRED);
            case "auto" -> parameters.toolChoice(ToolChoice.AUTO);
            default -> {
                if (choice.isObject()) {
                    throw ExpertException.unsupported(
                            "tool_choice",
                            "`tool_choice` cannot name one tool for this expert; use `auto` or `required`");
                }
            }
        }
    }
}
