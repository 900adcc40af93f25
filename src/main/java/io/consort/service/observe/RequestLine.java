package io.consort.service.observe;

import io.consort.experts.chat.Usage;
import io.consort.service.store.DecisionRow;
import io.consort.service.store.Ids;
import java.util.Locale;

/** Says in one line what became of a chat request. Carries no text of messages and no key. */
final class RequestLine {

    private final StringBuilder line = new StringBuilder(384);
    private final boolean json;

    private RequestLine(boolean json) {
        this.json = json;
    }

    /** The line, with its end, as pairs of name and value or as a JSON object. */
    static String of(ChatFacts facts, String now, boolean json) {
        DecisionRow row = facts.row();
        RequestLine line = new RequestLine(json);
        if (json) {
            line.line.append('{');
        }
        line.text("time", now)
                .text("decision", Ids.decision(row.id()))
                .text("tenant", row.tenant())
                .text("key", facts.caller().key())
                .text("model", row.asked())
                .text("policy", row.policy())
                .text("category", row.category())
                .text("expert", row.expert())
                .text("outcome", row.outcome().label())
                .raw("stream", facts.streamed() ? "true" : "false")
                .number("attempts", row.failures().size() + 1L)
                .number("input_tokens", row.usage().map(Usage::promptTokens).orElse(0L))
                .number("output_tokens", row.usage().map(Usage::completionTokens).orElse(0L))
                .number("cost_nano_usd", Math.round(row.costUsd() * 1e9))
                .number("overhead_us", row.overheadMicros())
                .number("first_us", row.firstMicros())
                .number("total_us", row.totalMicros());
        if (json) {
            line.line.append('}');
        }
        return line.line.append('\n').toString();
    }

    private RequestLine number(String name, long value) {
        name(name).append(value);
        return this;
    }

    private RequestLine raw(String name, String value) {
        name(name).append(value);
        return this;
    }

    private RequestLine text(String name, String value) {
        name(name);
        boolean bare = !json && isPlain(value);
        if (bare) {
            line.append(value);
            return this;
        }
        line.append('"');
        for (int i = 0; i < value.length(); i++) {
            char letter = value.charAt(i);
            if (letter == '"' || letter == '\\') {
                line.append('\\').append(letter);
            } else if (isStrange(letter)) {
                line.append("\\u").append(String.format(Locale.ROOT, "%04x", (int) letter));
            } else {
                line.append(letter);
            }
        }
        line.append('"');
        return this;
    }

    private StringBuilder name(String name) {
        if (json) {
            return line.append(line.length() > 1 ? ",\"" : "\"").append(name).append("\":");
        }
        return line.append(line.isEmpty() ? "" : " ").append(name).append('=');
    }

    /** Control characters, the separators that some readers take for line ends, and halves of pairs. */
    private static boolean isStrange(char letter) {
        return letter < ' '
                || (letter >= 0x7F && letter < 0xA0)
                || letter == 0x2028
                || letter == 0x2029
                || Character.isSurrogate(letter)
                || Character.getType(letter) == Character.FORMAT;
    }

    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char letter = value.charAt(i);
            if (letter <= ' ' || letter > '~' || letter == '"' || letter == '=' || letter == '\\') {
                return false;
            }
        }
        return !value.isEmpty();
    }
}
