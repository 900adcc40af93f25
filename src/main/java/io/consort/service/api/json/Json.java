package io.consort.service.api.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Writes JSON objects into bytes. */
public final class Json {

    /** How deeply a request may nest. */
    public static final int DEPTH = 100;

    static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(DEPTH)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .build())
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(JsonFactory.Feature.CHARSET_DETECTION)
                    .build();

    private Json() {}

    /** Writes into a generator. */
    @FunctionalInterface
    public interface Writing {
        /** Writes exactly one JSON value. */
        void to(JsonGenerator out) throws IOException;
    }

    /** What the writing wrote, in UTF-8. */
    public static byte[] write(Writing writing) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(FACTORY._getBufferRecycler(), 256)) {
            try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
                writing.to(out);
            }
            return bytes.toByteArray();
        } catch (IOException unreachable) {
            throw new UncheckedIOException(unreachable);
        }
    }

    /** Writes one element of a list. */
    @FunctionalInterface
    public interface Element<T> {
        /** Writes exactly one JSON value. */
        void to(JsonGenerator out, T element) throws IOException;
    }

    /** A list as OpenAI's clients expect it. */
    public static <T> byte[] list(Iterable<T> elements, Element<? super T> writing) {
        return write(out -> {
            out.writeStartObject();
            out.writeStringField("object", "list");
            out.writeArrayFieldStart("data");
            for (T element : elements) {
                writing.to(out, element);
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    /** Writes a field that is null when its value is absent. */
    public static void writeOptional(JsonGenerator out, String field, Optional<String> value)
            throws IOException {
        out.writeFieldName(field);
        if (value.isPresent()) {
            out.writeString(value.get());
        } else {
            out.writeNull();
        }
    }
}
