package io.consort.router.signal.minilm;

import io.consort.router.signal.QuickEmbedder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A vector for every word piece; a text's embedding is the direction of their sum. Distilled from
 * the network by {@code router/distillation/distil.py}, so that the sum points where the network's
 * embedding points, within the 128 directions in which texts differ most. Immutable and thread-safe.
 */
final class StaticTable implements QuickEmbedder {

    private static final String RESOURCE = "static-table.bin";

    /** Characters that are read of a text's beginning, and again of its end. */
    private static final int READ = 2_000;

    private final WordPiece wordPiece;
    private final int width;
    private final float[] scales;
    private final byte[] vectors;

    private StaticTable(WordPiece wordPiece, int width, float[] scales, byte[] vectors) {
        this.wordPiece = wordPiece;
        this.width = width;
        this.scales = scales;
        this.vectors = vectors;
    }

    /**
     * Reads the table from the class path.
     *
     * @param vocabulary whose pieces the table knows
     * @throws IOException where the table is missing or damaged
     */
    static StaticTable read(Vocabulary vocabulary) throws IOException {
        try (InputStream stream = StaticTable.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IOException(
                        "the router's file " + RESOURCE + " is not on the class path");
            }
            return read(vocabulary, stream.readAllBytes());
        }
    }

    static StaticTable read(Vocabulary vocabulary, byte[] content) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        int pieces = content.length < 2 * Integer.BYTES ? 0 : buffer.getInt();
        int width = pieces == 0 ? 0 : buffer.getInt();
        if (pieces != vocabulary.size()
                || width < 1
                || buffer.remaining() != (long) pieces * (width + Short.BYTES)) {
            throw new IOException(
                    "the router's file "
                            + RESOURCE
                            + " is damaged or made for another vocabulary; build the router again");
        }
        float[] scales = new float[pieces];
        for (int i = 0; i < pieces; i++) {
            scales[i] = Float.float16ToFloat(buffer.getShort());
        }
        byte[] vectors = new byte[pieces * width];
        buffer.get(vectors);
        return new StaticTable(
                new WordPiece(vocabulary, vocabulary.special("[UNK]")), width, scales, vectors);
    }

    @Override
    public String id() {
        return "all-minilm-l6-v2-static/" + width;
    }

    @Override
    public int dimension() {
        return width;
    }

    @Override
    public float[] embed(String text) {
        float[] sum = new float[width];
        if (text.length() <= 2 * READ) {
            add(text, sum);
        } else {
            add(text.substring(0, READ), sum);
            add(text.substring(text.length() - READ), sum);
        }
        double squares = 0;
        for (float value : sum) {
            squares += value * value;
        }
        float scale = squares > 0 ? (float) (1 / Math.sqrt(squares)) : 0;
        for (int i = 0; i < width; i++) {
            sum[i] *= scale;
        }
        return sum;
    }

    private void add(String text, float[] sum) {
        for (int piece : wordPiece.encode(text, READ)) {
            float scale = scales[piece];
            int offset = piece * width;
            for (int i = 0; i < width; i++) {
                sum[i] += scale * vectors[offset + i];
            }
        }
    }
}
