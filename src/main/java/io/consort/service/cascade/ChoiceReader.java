package io.consort.service.cascade;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.consort.experts.chat.ExpertException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Reads what completions and chunks of OpenAI's dialect say: the first choice's text, and the
 * log-probabilities of all choices. Not thread-safe.
 */
final class ChoiceReader {

    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final StringBuilder text = new StringBuilder();
    private final Likelihood likelihood;
    private ByteArrayOutputStream rest = new ByteArrayOutputStream();
    private int copied;

    /**
     * @param likelihood takes the log-probabilities
     */
    ChoiceReader(Likelihood likelihood) {
        this.likelihood = likelihood;
    }

    /** The text of the first choice so far. */
    String text() {
        return text.toString();
    }

    /**
     * Reads one object.
     *
     * @return the object without log-probabilities
     * @throws ExpertException when it is no valid JSON
     */
    byte[] read(byte[] json) {
        rest = new ByteArrayOutputStream(json.length);
        copied = 0;
        try (JsonParser in = JSON.createParser(json)) {
            in.nextToken();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                boolean choices = in.currentName().equals("choices");
                if (in.nextToken() == JsonToken.START_ARRAY && choices) {
                    while (in.nextToken() == JsonToken.START_OBJECT) {
                        choice(in, json);
                    }
                } else {
                    in.skipChildren();
                }
            }
        } catch (IOException malformed) {
            throw ExpertException.of(
                    ExpertException.Kind.GARBLED, "it sent what is no JSON object");
        }
        rest.write(json, copied, json.length - copied);
        return rest.toByteArray();
    }

    private void choice(JsonParser in, byte[] json) throws IOException {
        int index = 0;
        String said = "";
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            in.nextToken();
            switch (name) {
                case "index" -> index = in.getValueAsInt();
                case "message", "delta" -> said = content(in);
                case "logprobs" -> logprobs(in, json);
                default -> in.skipChildren();
            }
        }
        if (index == 0) {
            text.append(said);
        }
    }

    private static String content(JsonParser in) throws IOException {
        String content = "";
        if (!in.isExpectedStartObjectToken()) {
            return content;
        }
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            boolean wanted = in.currentName().equals("content");
            if (in.nextToken() == JsonToken.VALUE_STRING && wanted) {
                content = in.getText();
            } else {
                in.skipChildren();
            }
        }
        return content;
    }

    private void logprobs(JsonParser in, byte[] json) throws IOException {
        if (!in.isExpectedStartObjectToken()) {
            return;
        }
        int from = (int) in.currentTokenLocation().getByteOffset();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            boolean content = in.currentName().equals("content");
            if (in.nextToken() == JsonToken.START_ARRAY && content) {
                while (in.nextToken() == JsonToken.START_OBJECT) {
                    token(in);
                }
            } else {
                in.skipChildren();
            }
        }
        rest.write(json, copied, from - copied);
        rest.writeBytes(NULL);
        copied = (int) in.currentLocation().getByteOffset();
    }

    private void token(JsonParser in) throws IOException {
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            boolean own = in.currentName().equals("logprob");
            if (in.nextToken().isNumeric() && own) {
                likelihood.add(in.getDoubleValue());
            } else {
                in.skipChildren();
            }
        }
    }
}
