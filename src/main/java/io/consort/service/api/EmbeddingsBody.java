package io.consort.service.api;

import io.consort.service.api.json.BodyReader;
import java.util.ArrayList;
import java.util.List;

/**
 * A request for embeddings.
 *
 * @param texts at least one, none of them empty
 * @param base64 whether vectors are wanted as little-endian floats in Base64
 */
record EmbeddingsBody(List<String> texts, boolean base64) {

    private static final int TEXTS = 2048;

    EmbeddingsBody {
        texts = List.copyOf(texts);
    }

    /**
     * Reads and checks a body.
     *
     * @param dimension the length of the vectors that there are
     * @throws ApiException naming the field that is missing, mistyped or out of range
     */
    static EmbeddingsBody read(byte[] body, int dimension) {
        List<String> texts = List.of();
        boolean base64 = false;
        boolean named = false;
        try (BodyReader in = BodyReader.of(body)) {
            in.beginBody();
            while (in.nextField()) {
                if (in.isNull()) {
                    continue;
                }
                switch (in.name()) {
                    case "model" -> named = !in.string().isEmpty();
                    case "input" -> texts = texts(in);
                    case "encoding_format" -> base64 = base64(in.string());
                    case "dimensions" -> dimensions(in.integer(1, Integer.MAX_VALUE), dimension);
                    default -> in.skip();
                }
            }
            in.endBody();
        }
        if (!named) {
            throw ApiException.missing("model", "use `auto`");
        }
        if (texts.isEmpty()) {
            throw ApiException.missing("input", "send a text or several");
        }
        return new EmbeddingsBody(texts, base64);
    }

    private static List<String> texts(BodyReader in) {
        if (in.isString()) {
            return List.of(text(in));
        }
        in.beginArray();
        List<String> texts = new ArrayList<>();
        while (in.nextElement()) {
            if (!in.isString()) {
                throw ApiException.invalid(
                        "input",
                        "invalid_type",
                        "`input` must be a text or an array of texts; tokens are not supported.");
            }
            if (texts.size() == TEXTS) {
                throw ApiException.invalid(
                        "input", "`input` must have at most %d texts.".formatted(TEXTS));
            }
            texts.add(text(in));
        }
        return texts;
    }

    private static String text(BodyReader in) {
        String text = in.string();
        if (text.isBlank()) {
            throw ApiException.invalid(
                    in.path(), "`%s` is empty; send a text.".formatted(in.path()));
        }
        return text;
    }

    private static boolean base64(String format) {
        return switch (format) {
            case "float" -> false;
            case "base64" -> true;
            default ->
                    throw ApiException.invalid(
                            "encoding_format", "`encoding_format` must be float or base64.");
        };
    }

    private static void dimensions(long wanted, int there) {
        if (wanted != there) {
            throw ApiException.invalid(
                    "dimensions", "`dimensions` must be %d or left out.".formatted(there));
        }
    }
}
