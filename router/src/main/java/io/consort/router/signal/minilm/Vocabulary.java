package io.consort.router.signal.minilm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/** The pieces that a WordPiece tokenizer knows, with their ids. Immutable. */
final class Vocabulary {

    private static final String CONTINUATION = "##";

    private final Map<String, Integer> beginnings = new HashMap<>(65_536);
    private final Map<String, Integer> continuations = new HashMap<>(16_384);

    private Vocabulary(JsonNode pieces) {
        for (Map.Entry<String, JsonNode> piece : pieces.properties()) {
            String text = piece.getKey();
            int id = piece.getValue().intValue();
            beginnings.put(text, id);
            if (text.startsWith(CONTINUATION)) {
                continuations.put(text.substring(CONTINUATION.length()), id);
            }
        }
    }

    /**
     * The vocabulary of a {@code tokenizer.json}.
     *
     * @throws IOException where it cannot be read or is of another kind
     */
    static Vocabulary read(InputStream tokenizerJson) throws IOException {
        JsonNode model = new ObjectMapper().readTree(tokenizerJson).path("model");
        if (!model.path("type").asText("WordPiece").equals("WordPiece")
                || !model.path("continuing_subword_prefix").asText().equals(CONTINUATION)) {
            throw new IOException("the embedding model's tokenizer is not a WordPiece tokenizer");
        }
        return new Vocabulary(model.path("vocab"));
    }

    /** How many pieces there are. */
    int size() {
        return beginnings.size();
    }

    /** The id of a piece that begins a word, or -1. */
    int beginning(String piece) {
        return beginnings.getOrDefault(piece, -1);
    }

    /** The id of a piece that goes on with a word, or -1. */
    int continuation(String piece) {
        return continuations.getOrDefault(piece, -1);
    }

    /** The id of a special piece, which must exist. */
    int special(String piece) throws IOException {
        int id = beginning(piece);
        if (id < 0) {
            throw new IOException("the embedding model's vocabulary lacks " + piece);
        }
        return id;
    }
}
