package io.consort.experts.remote;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the body for a server out of a client's body: the same bytes, but for the model and, where
 * wanted, the request for usage. Immutable.
 */
final class RequestBody {

    private static final byte[] MODEL = "model".getBytes(US_ASCII);
    private static final byte[] STREAM_OPTIONS = "stream_options".getBytes(US_ASCII);
    private static final byte[] INCLUDE_USAGE = "include_usage".getBytes(US_ASCII);
    private static final byte[] TRUE = "true".getBytes(US_ASCII);
    private static final String ASK = "\"include_usage\":true";

    private final byte[] model;

    /**
     * @param model the name by which the server knows the model
     */
    RequestBody(String model) {
        byte[] escaped = JsonStringEncoder.getInstance().quoteAsUTF8(model);
        byte[] quoted = new byte[escaped.length + 2];
        quoted[0] = '"';
        System.arraycopy(escaped, 0, quoted, 1, escaped.length);
        quoted[quoted.length - 1] = '"';
        this.model = quoted;
    }

    /**
     * The body for the server.
     *
     * @throws MalformedJsonException if the client's is not a JSON object
     */
    byte[] from(byte[] client, boolean askForUsage) {
        List<Edit> edits = new ArrayList<>(2);
        JsonMembers members = JsonMembers.of(client);
        int start = members.bodyStart();
        boolean empty = true;
        boolean named = false;
        boolean asked = !askForUsage;
        while (members.next()) {
            empty = false;
            if (members.nameIs(MODEL)) {
                edits.add(new Edit(members.valueStart(), members.valueEnd(), model));
                named = true;
            } else if (askForUsage && members.nameIs(STREAM_OPTIONS)) {
                askForUsage(client, members, edits);
                asked = true;
            }
        }
        StringBuilder added = new StringBuilder();
        if (!named) {
            added.append("\"model\":").append(new String(model, StandardCharsets.UTF_8));
        }
        if (!asked) {
            separate(added).append("\"stream_options\":{").append(ASK).append('}');
        }
        if (!added.isEmpty()) {
            added.append(empty ? "" : ",");
            edits.addFirst(
                    new Edit(start, start, added.toString().getBytes(StandardCharsets.UTF_8)));
        }
        return apply(client, edits);
    }

    private static StringBuilder separate(StringBuilder text) {
        return text.isEmpty() ? text : text.append(',');
    }

    private static void askForUsage(byte[] client, JsonMembers options, List<Edit> edits) {
        int from = options.valueStart();
        int to = options.valueEnd();
        if (options.kind() != '{') {
            edits.add(new Edit(from, to, ("{" + ASK + "}").getBytes(US_ASCII)));
            return;
        }
        JsonMembers inner = JsonMembers.of(client, from, to);
        int start = inner.bodyStart();
        boolean empty = true;
        boolean present = false;
        while (inner.next()) {
            empty = false;
            if (inner.nameIs(INCLUDE_USAGE)) {
                edits.add(new Edit(inner.valueStart(), inner.valueEnd(), TRUE));
                present = true;
            }
        }
        if (!present) {
            edits.add(new Edit(start, start, (ASK + (empty ? "" : ",")).getBytes(US_ASCII)));
        }
    }

    private static byte[] apply(byte[] client, List<Edit> edits) {
        int length = client.length;
        for (Edit edit : edits) {
            length += edit.bytes().length - (edit.to() - edit.from());
        }
        byte[] result = new byte[length];
        int read = 0;
        int written = 0;
        for (Edit edit : edits) {
            System.arraycopy(client, read, result, written, edit.from() - read);
            written += edit.from() - read;
            System.arraycopy(edit.bytes(), 0, result, written, edit.bytes().length);
            written += edit.bytes().length;
            read = edit.to();
        }
        System.arraycopy(client, read, result, written, client.length - read);
        return result;
    }

    /** Other bytes for a range; the edits of a body are in order and do not overlap. */
    private record Edit(int from, int to, byte[] bytes) {}
}
