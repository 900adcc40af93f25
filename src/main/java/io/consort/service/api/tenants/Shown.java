package io.consort.service.api.tenants;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** How values are shown to clients. */
final class Shown {

    private static final int LONGEST = 100;

    private Shown() {}

    /** A client's own word, not too long for a message. */
    static String cut(String word) {
        return word.length() <= LONGEST ? word : word.substring(0, LONGEST) + "...";
    }

    /** A field with an instant, or null. */
    static void instant(JsonGenerator out, String field, Optional<Instant> instant)
            throws IOException {
        out.writeFieldName(field);
        if (instant.isPresent()) {
            out.writeString(instant.get().toString());
        } else {
            out.writeNull();
        }
    }

    /** A field with JSON that was kept as text. */
    static void raw(JsonGenerator out, String field, String json) throws IOException {
        out.writeFieldName(field);
        out.writeRawValue(json);
    }
}
