package io.consort.service.api.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.consort.service.api.ApiException;
import java.io.IOException;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object field by field and complains by the field's path, as in {@code
 * messages[1].content}. Every method throws {@link ApiException} for what the client got wrong.
 */
public final class BodyReader implements AutoCloseable {

    private final JsonParser parser;
    private @Nullable JsonToken token;

    private BodyReader(JsonParser parser) {
        this.parser = parser;
    }

    /** A reader that stands at the beginning of the body, which must not change meanwhile. */
    public static BodyReader of(byte[] body) {
        try {
            return new BodyReader(Json.FACTORY.createParser(body));
        } catch (IOException failure) {
            throw malformed(failure);
        }
    }

    /** Enters the body, which must be an object. */
    public void beginBody() {
        advance();
        if (token == null) {
            throw ApiException.malformed("The body is empty; send a JSON object.");
        }
        if (token != JsonToken.START_OBJECT) {
            throw ApiException.malformed("The body is %s; send a JSON object.".formatted(found()));
        }
    }

    /** Checks that nothing follows the body. */
    public void endBody() {
        advance();
        if (token != null) {
            throw ApiException.malformed("Something follows the body's JSON object; remove it.");
        }
    }

    /** Moves to the value of the object's next field; false at the object's end. */
    public boolean nextField() {
        advance();
        if (token == JsonToken.END_OBJECT) {
            return false;
        }
        advance();
        return true;
    }

    /** Moves to the array's next element; false at the array's end. */
    public boolean nextElement() {
        advance();
        return token != JsonToken.END_ARRAY;
    }

    /** The name of the field whose value the reader stands at. */
    public String name() {
        try {
            String name = parser.currentName();
            return name == null ? "" : name;
        } catch (IOException failure) {
            throw malformed(failure);
        }
    }

    /** Whether the value is null. */
    public boolean isNull() {
        return token == JsonToken.VALUE_NULL;
    }

    /** Whether the value is a string. */
    public boolean isString() {
        return token == JsonToken.VALUE_STRING;
    }

    /** Whether the value is an array. */
    public boolean isArray() {
        return token == JsonToken.START_ARRAY;
    }

    /** Whether the value is an object. */
    public boolean isObject() {
        return token == JsonToken.START_OBJECT;
    }

    /** The value, a string. */
    public String string() {
        expect(token == JsonToken.VALUE_STRING, "a string");
        try {
            return parser.getText();
        } catch (IOException failure) {
            throw malformed(failure);
        }
    }

    /** The value, a string of at most so many UTF-16 units. */
    public String string(int most) {
        String value = string();
        if (value.length() > most) {
            throw ApiException.invalid(
                    path(), "`%s` must have at most %d characters.".formatted(path(), most));
        }
        return value;
    }

    /** The value, true or false. */
    public boolean bool() {
        expect(token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE, "true or false");
        return token == JsonToken.VALUE_TRUE;
    }

    /** The value, a number between the bounds. */
    public double number(double least, double most) {
        expect(token != null && token.isNumeric(), "a number");
        try {
            double value = parser.getDoubleValue();
            if (value >= least && value <= most) {
                return value;
            }
        } catch (IOException failure) {
            throw malformed(failure);
        }
        throw ApiException.invalid(
                path(), "`%s` must be between %s and %s.".formatted(path(), least, most));
    }

    /** The value, an integer between the bounds. */
    public long integer(long least, long most) {
        expect(token == JsonToken.VALUE_NUMBER_INT, "an integer");
        try {
            if (parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
                long value = parser.getLongValue();
                if (value >= least && value <= most) {
                    return value;
                }
            }
        } catch (IOException failure) {
            throw malformed(failure);
        }
        throw ApiException.invalid(
                path(), "`%s` must be between %d and %d.".formatted(path(), least, most));
    }

    /** Enters the value, an array. */
    public void beginArray() {
        expect(isArray(), "an array");
    }

    /** Enters the value, an object. */
    public void beginObject() {
        expect(isObject(), "an object");
    }

    /** The value, an object, as JSON of its own. */
    public String object() {
        beginObject();
        StringWriter text = new StringWriter();
        try (JsonGenerator out = Json.FACTORY.createGenerator(text)) {
            out.copyCurrentStructure(parser);
        } catch (IOException failure) {
            throw malformed(failure);
        }
        return text.toString();
    }

    /** Passes over the value, whatever it is. */
    public void skip() {
        try {
            parser.skipChildren();
        } catch (IOException failure) {
            throw malformed(failure);
        }
    }

    /** The path of the value that the reader stands at. */
    public String path() {
        JsonStreamContext context = parser.getParsingContext();
        boolean entered = isArray() || isObject();
        JsonStreamContext place = entered ? context.getParent() : context;
        StringBuilder path = new StringBuilder();
        append(place, path);
        return path.toString();
    }

    /** What the value is, in words. */
    public String found() {
        return switch (token) {
            case null -> "nothing";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            case START_ARRAY, END_ARRAY -> "an array";
            case START_OBJECT, END_OBJECT, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                    "an object";
        };
    }

    @Override
    public void close() {
        try {
            parser.close();
        } catch (IOException failure) {
            throw malformed(failure);
        }
    }

    private static void append(@Nullable JsonStreamContext context, StringBuilder path) {
        if (context == null || context.inRoot()) {
            return;
        }
        append(context.getParent(), path);
        if (context.inArray()) {
            path.append('[').append(context.getCurrentIndex()).append(']');
        } else if (context.getCurrentName() != null) {
            path.append(path.isEmpty() ? "" : ".").append(context.getCurrentName());
        }
    }

    private void expect(boolean condition, String wanted) {
        if (!condition) {
            throw ApiException.invalid(
                    path(),
                    "invalid_type",
                    "`%s` must be %s, not %s.".formatted(path(), wanted, found()));
        }
    }

    private void advance() {
        try {
            token = parser.nextToken();
        } catch (IOException failure) {
            throw malformed(failure);
        }
    }

    private static ApiException malformed(IOException failure) {
        if (failure instanceof StreamConstraintsException) {
            return ApiException.malformed(
                    "The body nests deeper than %d levels or has a number or name of absurd length."
                            .formatted(Json.DEPTH));
        }
        if (failure instanceof JsonProcessingException broken && broken.getLocation() != null) {
            return ApiException.malformed(
                    "The body is not valid JSON at line %d, column %d: %s"
                            .formatted(
                                    broken.getLocation().getLineNr(),
                                    broken.getLocation().getColumnNr(),
                                    broken.getOriginalMessage()));
        }
        return ApiException.malformed("The body is not valid JSON in UTF-8.");
    }
}
