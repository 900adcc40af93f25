package io.consort.router.signal.minilm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** The pieces that a WordPiece tokenizer knows, with their ids. Immutable. */
final class Vocabulary {

    private static final String CONTINUATION = "##";

    private final PieceTable beginnings;
    private final PieceTable continuations;
    private final int size;

    private Vocabulary(JsonNode pieces) {
        Map<String, Integer> all = new LinkedHashMap<>();
        Map<String, Integer> continuing = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> piece : pieces.properties()) {
            String text = piece.getKey();
            int id = piece.getValue().intValue();
            all.put(text, id);
            if (text.startsWith(CONTINUATION)) {
                continuing.put(text.substring(CONTINUATION.length()), id);
            }
        }
        beginnings = new PieceTable(all);
        continuations = new PieceTable(continuing);
        size = all.size();
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
        return size;
    }

    /** Pieces that begin a word. */
    PieceTable beginnings() {
        return beginnings;
    }

    /** Pieces that go on with a word. */
    PieceTable continuations() {
        return continuations;
    }

    /** The id of a special piece, which must exist. */
    int special(String piece) throws IOException {
        int id = beginnings.find(piece);
        if (id < 0) {
            throw new IOException("the embedding model's vocabulary lacks " + piece);
        }
        return id;
    }
}
