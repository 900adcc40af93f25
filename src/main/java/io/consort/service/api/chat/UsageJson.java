package io.consort.service.api.chat;

import com.fasterxml.jackson.core.JsonGenerator;
import io.consort.experts.chat.Usage;
import java.io.IOException;

/** Writes tokens used. */
final class UsageJson {

    private UsageJson() {}

    /** Writes the field {@code usage}. */
    static void write(JsonGenerator out, Usage usage) throws IOException {
        out.writeObjectFieldStart("usage");
        out.writeNumberField("prompt_tokens", usage.promptTokens());
        out.writeNumberField("completion_tokens", usage.completionTokens());
        out.writeNumberField("total_tokens", usage.totalTokens());
        if (usage.cachedTokens() > 0) {
            out.writeObjectFieldStart("prompt_tokens_details");
            out.writeNumberField("cached_tokens", usage.cachedTokens());
            out.writeEndObject();
        }
        out.writeEndObject();
    }
}
