package io.consort.service.api.chat;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.consort.experts.remote.JsonMembers;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * Puts an expert's id in the place of the model that a server's JSON object names, and leaves every
 * other byte as it is. Remembers the first object's id. Not thread-safe.
 */
final class ModelSplice {

    private static final byte[] ID = "id".getBytes(US_ASCII);
    private static final byte[] MODEL = "model".getBytes(US_ASCII);

    private final byte[] quoted;
    private Optional<String> id = Optional.empty();

    /** A splice for the answers of one expert, whose id needs no escapes. */
    ModelSplice(String expert) {
        this.quoted = ("\"" + expert + "\"").getBytes(US_ASCII);
    }

    /** The top-level {@code id} of the first object that had one. */
    Optional<String> id() {
        return id;
    }

    /** The object between a prefix and a suffix. */
    Buffer apply(byte[] prefix, byte[] json, byte[] suffix) {
        int from = -1;
        int to = -1;
        JsonMembers members = JsonMembers.of(json);
        while ((from < 0 || id.isEmpty()) && members.next()) {
            if (members.nameIs(MODEL)) {
                from = members.valueStart();
                to = members.valueEnd();
            } else if (id.isEmpty() && members.nameIs(ID)) {
                id = text(json, members.valueStart(), members.valueEnd());
            }
        }
        Buffer out =
                Buffer.buffer(prefix.length + json.length + quoted.length + suffix.length)
                        .appendBytes(prefix);
        if (from < 0) {
            out.appendBytes(json);
        } else {
            out.appendBytes(json, 0, from)
                    .appendBytes(quoted)
                    .appendBytes(json, to, json.length - to);
        }
        return out.appendBytes(suffix);
    }

    private static Optional<String> text(byte[] json, int from, int to) {
        return json[from] == '"' && to - from > 2
                ? Optional.of(new String(json, from + 1, to - from - 2, UTF_8))
                : Optional.empty();
    }
}
