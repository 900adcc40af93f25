package io.consort.experts.remote;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.internal.JsonSchemaElementJsonUtils;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import io.consort.experts.chat.ExpertException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Translates tools for LangChain4j. */
final class LangChainTools {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> SCHEMA = new TypeReference<>() {};

    private LangChainTools() {}

    static List<ToolSpecification> of(JsonNode tools) {
        List<ToolSpecification> translated = new ArrayList<>();
        for (JsonNode tool : tools) {
            if (!tool.path("type").asText("function").equals("function")) {
                throw ExpertException.unsupported(
                        "tools", "`tools` may only have functions for this expert");
            }
            translated.add(function(tool.path("function")));
        }
        return translated;
    }

    private static ToolSpecification function(JsonNode function) {
        ToolSpecification.Builder builder =
                ToolSpecification.builder().name(function.path("name").asText());
        if (function.path("description").isTextual()) {
            builder.description(function.path("description").asText());
        }
        if (function.path("parameters").isObject()) {
            builder.parameters(parameters(function.path("parameters")));
        }
        return builder.build();
    }

    private static JsonObjectSchema parameters(JsonNode schema) {
        JsonSchemaElement element;
        try {
            element = JsonSchemaElementJsonUtils.fromMap(JSON.convertValue(schema, SCHEMA));
        } catch (RuntimeException untranslatable) {
            throw tooSpecial();
        }
        if (element instanceof JsonObjectSchema object) {
            return object;
        }
        throw tooSpecial();
    }

    private static ExpertException tooSpecial() {
        return ExpertException.unsupported(
                "tools",
                "`tools` has parameters in a form that this expert cannot take; use a plain object schema");
    }
}
