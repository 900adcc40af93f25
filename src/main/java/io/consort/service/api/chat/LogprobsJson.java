package io.consort.service.api.chat;

import com.fasterxml.jackson.core.JsonGenerator;
import io.consort.experts.chat.TokenLogprob;
import java.io.IOException;
import java.util.List;

/** Writes log-probabilities of tokens. */
final class LogprobsJson {

    /** What stands for a probability too small to be a JSON number. */
    private static final double LEAST = -9999;

    private LogprobsJson() {}

    /** Writes the value of the field {@code logprobs}. */
    static void write(JsonGenerator out, List<TokenLogprob> tokens) throws IOException {
        out.writeStartObject();
        out.writeArrayFieldStart("content");
        for (TokenLogprob token : tokens) {
            out.writeStartObject();
            fields(out, token);
            out.writeArrayFieldStart("top_logprobs");
            for (TokenLogprob alternative : token.alternatives()) {
                out.writeStartObject();
                fields(out, alternative);
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeNullField("refusal");
        out.writeEndObject();
    }

    private static void fields(JsonGenerator out, TokenLogprob token) throws IOException {
        out.writeStringField("token", token.token());
        out.writeNumberField("logprob", Math.max(LEAST, token.logprob()));
        out.writeArrayFieldStart("bytes");
        for (byte one : token.bytes()) {
            out.writeNumber(one & 0xFF);
        }
        out.writeEndArray();
    }
}
