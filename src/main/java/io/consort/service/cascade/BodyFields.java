package io.consort.service.cascade;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.consort.experts.remote.JsonMembers;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sets fields of a JSON object and leaves every other byte as it is. */
final class BodyFields {

    private BodyFields() {}

    /**
     * The object with these fields set.
     *
     * @param body a valid object with at least one field; not changed
     * @param fields names, without escapes, and their values as JSON
     */
    static byte[] set(byte[] body, Map<String, String> fields) {
        Map<String, String> missing = new LinkedHashMap<>(fields);
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + 64);
        JsonMembers members = JsonMembers.of(body);
        int copied = 0;
        while (members.next()) {
            for (Map.Entry<String, String> field : fields.entrySet()) {
                if (members.nameIs(field.getKey().getBytes(UTF_8))) {
                    out.write(body, copied, members.valueStart() - copied);
                    out.writeBytes(field.getValue().getBytes(UTF_8));
                    copied = members.valueEnd();
                    missing.remove(field.getKey());
                }
            }
        }
        out.write(body, copied, body.length - copied);
        return added(out.toByteArray(), missing);
    }

    private static byte[] added(byte[] body, Map<String, String> fields) {
        int open = 0;
        while (body[open] != '{') {
            open++;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + 64);
        out.write(body, 0, open + 1);
        fields.forEach((name, value) ->
                out.writeBytes("\"%s\":%s,".formatted(name, value).getBytes(UTF_8)));
        out.write(body, open + 1, body.length - open - 1);
        return out.toByteArray();
    }
}
