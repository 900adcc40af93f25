package io.consort.runtime.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import io.consort.experts.chat.Message;
import io.consort.runtime.weights.CheckpointException;
import io.consort.runtime.weights.gguf.GgufFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a model wants a conversation written: a Jinja template, as Hugging Face's checkpoints carry
 * it. Thread-safe. What users write is never taken for template code, nor for special tokens.
 */
public final class ChatTemplate {

    /** Put into what users write where it would read as a special token. */
    private static final String BREAK = "\u200B";

    private final Jinjava jinja;
    private final String template;
    private final Map<String, Object> constants;
    private final List<String> specialTexts;

    private ChatTemplate(
            String template, Map<String, Object> constants, List<String> specialTexts) {
        this.template = TemplateSource.adapt(template);
        this.constants = constants;
        this.specialTexts = specialTexts;
        this.jinja = new Jinjava(configuration());
        TemplateFunctions.register(jinja.getGlobalContext());
    }

    /**
     * A template given as text.
     *
     * @param constants further variables, such as {@code bos_token}
     * @param tokenizer whose special tokens users must not be able to write
     */
    public static ChatTemplate of(
            String template, Map<String, Object> constants, Tokenizer tokenizer) {
        List<String> special =
                tokenizer.specialTexts().stream()
                        .filter(text -> text.length() > 1)
                        .sorted()
                        .toList();
        return new ChatTemplate(template, Map.copyOf(constants), special);
    }

    /**
     * The template of a checkpoint folder: {@code chat_template.jinja}, or the {@code chat_template}
     * of {@code tokenizer_config.json}; or the one in a GGUF file.
     *
     * @throws CheckpointException when there is none
     */
    public static ChatTemplate open(Path checkpoint, Tokenizer tokenizer) {
        if (GgufFile.isNamed(checkpoint)) {
            return GgufTemplate.read(checkpoint, tokenizer);
        }
        Path file = checkpoint.resolve("tokenizer_config.json");
        try {
            JsonNode config =
                    Files.isRegularFile(file)
                            ? new ObjectMapper().readTree(file.toFile())
                            : new ObjectMapper().createObjectNode();
            Map<String, Object> constants = new HashMap<>();
            for (String name : List.of("bos_token", "eos_token", "unk_token", "pad_token")) {
                JsonNode token = config.path(name);
                String text = token.isObject() ? token.path("content").asText() : token.asText("");
                constants.put(name, text);
            }
            Path own = checkpoint.resolve("chat_template.jinja");
            String template =
                    Files.isRegularFile(own)
                            ? Files.readString(own)
                            : named(config.path("chat_template"));
            if (template.isEmpty()) {
                throw new CheckpointException(
                        file,
                        "it has no `chat_template`",
                        "use an instruction-tuned checkpoint, or add a chat_template.jinja");
            }
            return of(template, constants, tokenizer);
        } catch (IOException e) {
            throw new CheckpointException(
                    file, "it cannot be read (" + e.getMessage() + ")", "fetch it again");
        }
    }

    /**
     * The prompt that asks for the next answer.
     *
     * @throws IllegalArgumentException when the template refuses the conversation, with its reason
     */
    public String render(List<Message> messages) {
        Map<String, Object> variables = new HashMap<>(constants);
        variables.put("messages", messages.stream().map(this::asMap).toList());
        variables.put("add_generation_prompt", true);
        RenderResult result = jinja.renderForResult(template, variables);
        for (TemplateError error : result.getErrors()) {
            if (error.getSeverity() == TemplateError.ErrorType.FATAL) {
                throw new IllegalArgumentException(
                        "the model's chat template refuses the conversation: " + reason(error));
            }
        }
        return result.getOutput();
    }

    private static String reason(TemplateError error) {
        Throwable cause = error.getException();
        while (cause != null) {
            if (cause instanceof TemplateFunctions.Refusal refusal) {
                return String.valueOf(refusal.getMessage());
            }
            cause = cause.getCause();
        }
        return error.getMessage();
    }

    private Map<String, Object> asMap(Message message) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("role", message.role().equals("developer") ? "system" : message.role());
        map.put("content", withoutSpecialTokens(message.content()));
        return map;
    }

    private String withoutSpecialTokens(String text) {
        String plain = text;
        for (String special : specialTexts) {
            if (plain.contains(special)) {
                plain = plain.replace(special, special.charAt(0) + BREAK + special.substring(1));
            }
        }
        return plain;
    }

    private static String named(JsonNode templates) {
        if (templates.isTextual()) {
            return templates.asText();
        }
        for (JsonNode one : templates) {
            if (one.path("name").asText().equals("default")) {
                return one.path("template").asText();
            }
        }
        return "";
    }

    private static LegacyOverrides asInPython() {
        return LegacyOverrides.newBuilder()
                .withEvaluateMapKeys(true)
                .withIterateOverMapKeys(true)
                .withUsePyishObjectMapper(true)
                .withUseNaturalOperatorPrecedence(true)
                .withParseWhitespaceControlStrictly(true)
                .withAllowAdjacentTextNodes(true)
                .withUseTrimmingForNotesAndExpressions(true)
                .withKeepNullableLoopValues(true)
                .build();
    }

    private static JinjavaConfig configuration() {
        return JinjavaConfig.newBuilder()
                .withTrimBlocks(true)
                .withLstripBlocks(true)
                .withNestedInterpretationEnabled(false)
                .withLegacyOverrides(asInPython())
                .withElResolver(new PythonStrings())
                .withMaxRenderDepth(20)
                .build();
    }
}
