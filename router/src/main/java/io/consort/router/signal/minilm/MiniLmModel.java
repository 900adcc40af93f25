package io.consort.router.signal.minilm;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The network: tokens to an embedding. Thread-safe; several threads may compute at once, each on
 * itself alone.
 */
final class MiniLmModel implements AutoCloseable {

    static final int DIMENSION = 384;

    /** Tokens that a brief embedding reads; on one core it then takes less than 10 ms. */
    static final int BRIEF = 64;

    private static final String NETWORK = "all-minilm-l6-v2-q.onnx";
    private static final String TOKENIZER = "all-minilm-l6-v2-q-tokenizer.json";

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final TokenWindow window;
    private final TokenWindow briefWindow;
    private final StaticTable table;
    private final AtomicBoolean closed = new AtomicBoolean();

    MiniLmModel() throws IOException {
        try (InputStream tokenizer = resource(TOKENIZER);
                InputStream network = resource(NETWORK)) {
            Vocabulary vocabulary = Vocabulary.read(tokenizer);
            window = new TokenWindow(vocabulary);
            briefWindow = new TokenWindow(vocabulary, BRIEF);
            table = StaticTable.read(vocabulary);
            session = open(network.readAllBytes());
        }
    }

    /** The table that was distilled from this network. */
    StaticTable table() {
        return table;
    }

    /** Whether a brief embedding of the text is the whole one. */
    boolean isShort(String text) {
        return briefWindow.holds(text);
    }

    /** The embedding of a text, mean of its tokens' vectors, of norm 1. */
    float[] embed(String text) throws OrtException {
        return embed(window.tokens(text));
    }

    /** The same of {@value #BRIEF} tokens at most. */
    float[] embedBriefly(String text) throws OrtException {
        return embed(briefWindow.tokens(text));
    }

    /** The tokens of the whole text and of what a brief embedding reads of it. */
    TokenWindow window() {
        return window;
    }

    TokenWindow briefWindow() {
        return briefWindow;
    }

    private float[] embed(int[] tokens) throws OrtException {
        return embed(new int[][] {tokens})[0];
    }

    /** The embeddings of texts of equally many tokens, read together. */
    float[][] embed(int[][] texts) throws OrtException {
        int length = texts[0].length;
        long[] shape = {texts.length, length};
        LongBuffer tokens = LongBuffer.allocate(texts.length * length);
        for (int[] text : texts) {
            for (int token : text) {
                tokens.put(token);
            }
        }
        try (OnnxTensor ids = OnnxTensor.createTensor(environment, tokens.flip(), shape);
                OnnxTensor mask = constant(1, shape);
                OnnxTensor types = constant(0, shape);
                OrtSession.Result result =
                        session.run(
                                Map.of(
                                        "input_ids", ids,
                                        "attention_mask", mask,
                                        "token_type_ids", types))) {
            FloatBuffer rows = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[][] embeddings = new float[texts.length][];
            for (int i = 0; i < texts.length; i++) {
                embeddings[i] = normalisedMean(rows, length);
            }
            return embeddings;
        }
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("the embedding model could not be freed", e);
        }
    }

    private OrtSession open(byte[] network) throws IOException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            return environment.createSession(network, options);
        } catch (OrtException e) {
            throw new IOException("the embedding model cannot be loaded: " + e.getMessage(), e);
        }
    }

    private OnnxTensor constant(long value, long[] shape) throws OrtException {
        long[] values = new long[(int) (shape[0] * shape[1])];
        Arrays.fill(values, value);
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape);
    }

    /** The mean over the next rows of a [tokens, dimension] matrix, scaled to norm 1. */
    private static float[] normalisedMean(FloatBuffer rows, int count) {
        float[] sum = new float[DIMENSION];
        float[] row = new float[DIMENSION];
        for (int token = 0; token < count; token++) {
            rows.get(row);
            for (int i = 0; i < DIMENSION; i++) {
                sum[i] += row[i];
            }
        }
        return normalised(sum);
    }

    private static float[] normalised(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += value * value;
        }
        float scale = squares > 0 ? (float) (1 / Math.sqrt(squares)) : 0;
        for (int i = 0; i < vector.length; i++) {
            vector[i] *= scale;
        }
        return vector;
    }

    private static InputStream resource(String name) throws IOException {
        InputStream stream =
                AllMiniLmL6V2QuantizedEmbeddingModel.class.getResourceAsStream("/" + name);
        if (stream == null) {
            throw new IOException(
                    "the embedding model's file " + name + " is not on the class path");
        }
        return stream;
    }
}
