package io.consort.experts.remote;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.consort.experts.chat.Usage;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What Consort needs to know of a completion or of a chunk of one in the OpenAI dialect.
 *
 * @param hasChoices whether it has the member {@code choices}
 * @param usageOnly whether it carries usage and its choices are empty
 * @param finished whether one of its choices is complete
 * @param error the server's words, where it carries an error instead
 */
record ChunkFacts(
        boolean hasChoices,
        Optional<Usage> usage,
        boolean usageOnly,
        boolean finished,
        Optional<String> error) {

    private static final byte[] CHOICES = "choices".getBytes(US_ASCII);
    private static final byte[] USAGE = "usage".getBytes(US_ASCII);
    private static final byte[] ERROR = "error".getBytes(US_ASCII);
    private static final byte[] OBJECT = "object".getBytes(US_ASCII);
    private static final byte[] MESSAGE = "message".getBytes(US_ASCII);
    private static final byte[] FINISH_REASON = "finish_reason".getBytes(US_ASCII);
    private static final byte[] PROMPT_TOKENS = "prompt_tokens".getBytes(US_ASCII);
    private static final byte[] COMPLETION_TOKENS = "completion_tokens".getBytes(US_ASCII);
    private static final int LONGEST_ERROR = 300;

    /**
     * Reads the facts off.
     *
     * @throws MalformedJsonException if the bytes are not a JSON object
     */
    static ChunkFacts of(byte[] json) {
        JsonMembers members = JsonMembers.of(json);
        boolean hasChoices = false;
        boolean hasElements = false;
        boolean finished = false;
        Optional<Usage> usage = Optional.empty();
        Optional<String> error = Optional.empty();
        boolean isError = false;
        while (members.next()) {
            if (members.nameIs(CHOICES)) {
                JsonElements choices = elements(json, members);
                hasChoices = true;
                while (choices.next()) {
                    hasElements = true;
                    finished |= isFinished(json, choices.start(), choices.end());
                }
            } else if (members.nameIs(USAGE) && members.kind() == '{') {
                usage = usage(json, members.valueStart(), members.valueEnd());
            } else if (members.nameIs(ERROR) && members.kind() != 'n') {
                error = Optional.of(errorText(json, members));
            } else if (members.nameIs(OBJECT)) {
                isError = text(json, members).equals("error");
            }
        }
        if (isError && error.isEmpty()) {
            error = Optional.of(errorText(json));
        }
        return new ChunkFacts(
                hasChoices,
                usage,
                usage.isPresent() && hasChoices && !hasElements,
                finished,
                error);
    }

    /** The server's words in an error body, cut to a readable length; the body itself if it is no JSON. */
    static String errorText(byte[] body) {
        try {
            JsonMembers members = JsonMembers.of(body);
            String found = "";
            while (members.next()) {
                if (members.nameIs(ERROR)) {
                    return errorText(body, members);
                }
                if (members.nameIs(MESSAGE)) {
                    found = text(body, members);
                }
            }
            if (!found.isEmpty()) {
                return found;
            }
        } catch (MalformedJsonException noJson) {
            return excerpt(body, 0, body.length);
        }
        return excerpt(body, 0, body.length);
    }

    private static String errorText(byte[] json, JsonMembers error) {
        if (error.kind() == '{') {
            JsonMembers details = JsonMembers.of(json, error.valueStart(), error.valueEnd());
            while (details.next()) {
                if (details.nameIs(MESSAGE)) {
                    return text(json, details);
                }
            }
        }
        return text(json, error);
    }

    private static JsonElements elements(byte[] json, JsonMembers member) {
        return new JsonElements(json, member.valueStart(), member.valueEnd());
    }

    private static boolean isFinished(byte[] json, int from, int to) {
        if (json[from] != '{') {
            return false;
        }
        JsonMembers choice = JsonMembers.of(json, from, to);
        while (choice.next()) {
            if (choice.nameIs(FINISH_REASON)) {
                return choice.kind() == '"';
            }
        }
        return false;
    }

    private static Optional<Usage> usage(byte[] json, int from, int to) {
        JsonMembers members = JsonMembers.of(json, from, to);
        long prompt = -1;
        long completion = 0;
        while (members.next()) {
            if (members.nameIs(PROMPT_TOKENS)) {
                prompt = number(json, members);
            } else if (members.nameIs(COMPLETION_TOKENS)) {
                completion = Math.max(0, number(json, members));
            }
        }
        return prompt < 0 ? Optional.empty() : Optional.of(new Usage(prompt, completion));
    }

    private static long number(byte[] json, JsonMembers member) {
        long value = 0;
        for (int i = member.valueStart(); i < member.valueEnd(); i++) {
            int digit = json[i] - '0';
            if (digit < 0 || digit > 9 || value > Long.MAX_VALUE / 20) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private static String text(byte[] json, JsonMembers member) {
        boolean quoted = member.kind() == '"';
        return excerpt(
                json, member.valueStart() + (quoted ? 1 : 0), member.valueEnd() - (quoted ? 1 : 0));
    }

    private static String excerpt(byte[] bytes, int from, int to) {
        int end = Math.min(to, from + LONGEST_ERROR);
        String text = new String(bytes, from, Math.max(0, end - from), StandardCharsets.UTF_8);
        return end < to ? text.strip() + "..." : text.strip();
    }
}
