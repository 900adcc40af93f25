package io.consort.experts.remote;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks over the members of one JSON object in UTF-8, telling where their values lie, without
 * parsing the values. Finds for any valid object what a JSON parser finds; of invalid ones it either
 * walks over what it can make out or throws {@link MalformedJsonException}, and never leaves the
 * given range. Not thread-safe.
 */
public final class JsonMembers {

    private static final JsonFactory NAMES = new JsonFactory();

    private final byte[] json;
    private final int end;
    private int next;
    private boolean first = true;
    private int nameStart;
    private int nameEnd;
    private int valueStart;
    private int valueEnd;

    private JsonMembers(byte[] json, int from, int end) {
        this.json = json;
        this.end = end;
        int open = JsonScan.skipSpace(json, from, end);
        if (open >= end || json[open] != '{') {
            throw new MalformedJsonException("An object is missing", open);
        }
        next = open + 1;
    }

    /** The members of a whole document; a byte order mark before it is passed over. */
    public static JsonMembers of(byte[] json) {
        boolean marked =
                json.length >= 3
                        && json[0] == (byte) 0xEF
                        && json[1] == (byte) 0xBB
                        && json[2] == (byte) 0xBF;
        return of(json, marked ? 3 : 0, json.length);
    }

    /** The members of the object in a range, which holds nothing else but white space. */
    public static JsonMembers of(byte[] json, int from, int end) {
        return new JsonMembers(json, from, end);
    }

    /** Goes to the next member; false after the last one, when the range has been seen whole. */
    public boolean next() {
        int here = JsonScan.skipSpace(json, next, end);
        if (at(here) == '}') {
            close(here);
            return false;
        }
        if (!first) {
            expect(',', here);
            here = JsonScan.skipSpace(json, here + 1, end);
        }
        first = false;
        expect('"', here);
        nameStart = here + 1;
        nameEnd = JsonScan.skipString(json, here, end) - 1;
        here = JsonScan.skipSpace(json, nameEnd + 1, end);
        expect(':', here);
        valueStart = JsonScan.skipSpace(json, here + 1, end);
        valueEnd = JsonScan.skipValue(json, valueStart, end);
        next = valueEnd;
        return true;
    }

    /**
     * Whether the current member has this name, however it is escaped.
     *
     * @param name in UTF-8, without a backslash
     */
    public boolean nameIs(byte[] name) {
        if (nameEnd - nameStart == name.length) {
            return Arrays.equals(json, nameStart, nameEnd, name, 0, name.length);
        }
        for (int i = nameStart; i < nameEnd; i++) {
            if (json[i] == '\\') {
                return unescapedName().equals(new String(name, StandardCharsets.UTF_8));
            }
        }
        return false;
    }

    /** Where the current member's value begins. */
    public int valueStart() {
        return valueStart;
    }

    /** The place behind the current member's value. */
    public int valueEnd() {
        return valueEnd;
    }

    /** The place behind the object's opening bracket, before the first call of {@link #next}. */
    int bodyStart() {
        return next;
    }

    /** The first byte of the current member's value. */
    byte kind() {
        return json[valueStart];
    }

    private String unescapedName() {
        try (JsonParser parser = NAMES.createParser(json, nameStart - 1, nameEnd - nameStart + 2)) {
            parser.nextToken();
            return parser.getText();
        } catch (IOException malformed) {
            throw new MalformedJsonException("A name is malformed", nameStart);
        }
    }

    private void close(int bracket) {
        next = bracket;
        int rest = JsonScan.skipSpace(json, bracket + 1, end);
        if (rest != end) {
            throw new MalformedJsonException("Something follows the object", rest);
        }
    }

    private byte at(int place) {
        if (place >= end) {
            throw new MalformedJsonException("The object does not end", place);
        }
        return json[place];
    }

    private void expect(char wanted, int place) {
        if (at(place) != wanted) {
            throw new MalformedJsonException("A '%c' is missing".formatted(wanted), place);
        }
    }
}
