import com.github.tjake.jlama.math.ActivationFunction;
import com.github.tjake.jlama.model.DistributedContext;
import com.github.tjake.jlama.model.llama.LlamaConfig;
import com.github.tjake.jlama.model.llama.LlamaModel;
import com.github.tjake.jlama.safetensors.DType;
import com.github.tjake.jlama.safetensors.TensorInfo;
import com.github.tjake.jlama.safetensors.WeightLoader;
import com.github.tjake.jlama.safetensors.prompt.PromptSupport;
import com.github.tjake.jlama.safetensors.tokenizer.Tokenizer;
import com.github.tjake.jlama.safetensors.tokenizer.TokenizerModel;
import com.github.tjake.jlama.tensor.AbstractTensor;
import com.github.tjake.jlama.tensor.BFloat16BufferTensor;
import com.github.tjake.jlama.tensor.FloatBufferTensor;
import com.github.tjake.jlama.tensor.KvBufferCache;
import com.github.tjake.jlama.tensor.Q4ByteBufferTensor;
import com.github.tjake.jlama.tensor.TensorShape;
import com.github.tjake.jlama.util.PhysicalCoreExecutor;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Jlama as a peer of {@code consort bench cpu}; io.consort.runtime.bench.PeerProcess says how it is
 * asked. It reads no GGUF, so it makes up the same shape itself: weights in bfloat16, or, the head
 * included, in its own 4-bit blocks of 32 with activations in 8-bit ones. It runs one sequence at a
 * time.
 */
final class Jlama {

    private static final int VOCABULARY = 128256;
    private static final int HIDDEN = 2048;
    private static final int INTERMEDIATE = 8192;
    private static final int LAYERS = 16;
    private static final int KEYS = 512;
    private static final int CONTEXT = 128;
    private static final int PROMPT = 512;
    private static final int LONGEST = 64;

    private final LlamaModel model;
    private final double seconds;
    private final KvBufferCache.KvBuffer decoded;

    private Jlama(LlamaModel model, double seconds) {
        this.model = model;
        this.seconds = seconds;
        this.decoded = new KvBufferCache(model).getEphemeralKvBuffer();
        model.batchForward(tokens(CONTEXT), 0, decoded).close();
    }

    public static void main(String[] args) throws Exception {
        Jlama peer;
        try {
            PhysicalCoreExecutor.overrideThreadCount(Integer.parseInt(args[1]));
            peer = new Jlama(load(args[0]), Integer.parseInt(args[2]) / 1e3);
        } catch (Throwable e) {
            System.out.println("! " + e.getMessage());
            return;
        }
        System.out.println("= 0");
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            System.out.println(
                    switch (line) {
                        case "prefill" -> "= " + peer.prefill();
                        case "decode 1" -> "= " + peer.decode();
                        default -> "! it runs one sequence at a time";
                    });
        }
        Runtime.getRuntime().halt(0);
    }

    private static LlamaModel load(String file) {
        if (!file.contains("llama-1b-")) {
            throw new IllegalArgumentException("it reads no GGUF files");
        }
        LlamaConfig config =
                new LlamaConfig(
                        4096, HIDDEN, INTERMEDIATE, 32, 8, LAYERS, 1e-5f, VOCABULARY, 1, 2,
                        ActivationFunction.Type.SILU, 500000.0, null);
        if (file.endsWith("bf16.gguf")) {
            return new LlamaModel(
                    config, new Random(false), new NoTokenizer(), DType.F32, DType.BF16, Optional.empty());
        }
        if (file.endsWith("q4_0.gguf")) {
            return new LlamaModel(
                    config, new Random(true), new NoTokenizer(), DType.F32, DType.I8, Optional.of(DType.Q4));
        }
        throw new IllegalArgumentException("it has no weights of this format");
    }

    /** Tokens of a prompt per second. */
    private double prefill() {
        KvBufferCache cache = new KvBufferCache(model);
        try (KvBufferCache.KvBuffer keys = cache.getEphemeralKvBuffer()) {
            long begin = System.nanoTime();
            try (AbstractTensor hidden = model.batchForward(tokens(PROMPT), 0, keys);
                    AbstractTensor last = hidden.slice(hidden.shape().first() - 1)) {
                logits(last);
            }
            return PROMPT / ((System.nanoTime() - begin) / 1e9);
        }
    }

    /** Tokens per second of one sequence, from the same context each time. */
    private double decode() {
        long begin = System.nanoTime();
        int tokens = 0;
        do {
            try (AbstractTensor hidden =
                    model.forward(tokens, CONTEXT + tokens % LONGEST, decoded, Optional.empty())) {
                logits(hidden);
            }
            tokens++;
        } while ((System.nanoTime() - begin) / 1e9 < seconds);
        return tokens / ((System.nanoTime() - begin) / 1e9);
    }

    private static int[] tokens(int size) {
        int[] tokens = new int[size];
        Arrays.setAll(tokens, i -> 7 * i + 3);
        return tokens;
    }

    private void logits(AbstractTensor hidden) {
        try (AbstractTensor logits = model.makeDenseTensor(VOCABULARY)) {
            model.sample(hidden, 0, 0.5f, logits);
        }
    }

    /** Random weights, which repeat: nobody's speed depends on them. */
    private static final class Random implements WeightLoader {

        private static final int PATTERN = 1_000_003;
        private static final int ALIGNMENT = 64;
        private static final int BLOCK = 32;

        private final boolean fourBits;
        private final byte[] halves = new byte[PATTERN * 2];
        private final byte[] nibbles = new byte[PATTERN];

        Random(boolean fourBits) {
            this.fourBits = fourBits;
            SplittableRandom random = new SplittableRandom(1);
            random.nextBytes(nibbles);
            for (int i = 0; i < PATTERN; i++) {
                int value = 0x3c00 | random.nextInt() & 0x80ff;
                halves[2 * i] = (byte) value;
                halves[2 * i + 1] = (byte) (value >> 8);
            }
        }

        @Override
        public Map<String, String> metadata() {
            return new HashMap<>();
        }

        @Override
        public Map<String, TensorInfo> tensorInfoMap() {
            return new HashMap<>();
        }

        @Override
        public boolean isWeightPresent(String name) {
            return name.startsWith("lm_head") ? fourBits : !name.endsWith(".bias");
        }

        @Override
        public AbstractTensor load(String name, DistributedContext context, boolean rows, boolean columns) {
            if (name.contains("norm")) {
                AbstractTensor norm = new FloatBufferTensor(1, HIDDEN);
                for (int i = 0; i < HIDDEN; i++) {
                    norm.set(1, 0, i);
                }
                return norm;
            }
            int out =
                    name.contains("embed") || name.contains("lm_head") ? VOCABULARY
                            : name.contains("k_proj") || name.contains("v_proj") ? KEYS
                            : name.contains("gate") || name.contains("up_proj") ? INTERMEDIATE
                            : HIDDEN;
            int in = name.contains("down_proj") ? INTERMEDIATE : HIDDEN;
            TensorShape shape = TensorShape.of(out, in);
            if (!fourBits || name.contains("embed")) {
                return new BFloat16BufferTensor(
                        name, filled(2 * out * in, halves).asShortBuffer(), shape, true);
            }
            ByteBuffer scales = direct(out * in / BLOCK * Float.BYTES);
            while (scales.hasRemaining()) {
                scales.putFloat(0.005f);
            }
            return new Q4ByteBufferTensor(
                    name,
                    filled(out * in / 2, nibbles),
                    new FloatBufferTensor(
                            scales.flip().asFloatBuffer(), TensorShape.of(out, in / BLOCK), true),
                    shape,
                    true);
        }

        private static ByteBuffer filled(int bytes, byte[] pattern) {
            ByteBuffer buffer = direct(bytes);
            while (buffer.hasRemaining()) {
                buffer.put(pattern, 0, Math.min(pattern.length, buffer.remaining()));
            }
            return buffer.flip();
        }

        private static ByteBuffer direct(int bytes) {
            return ByteBuffer.allocateDirect(bytes + ALIGNMENT)
                    .alignedSlice(ALIGNMENT)
                    .limit(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN);
        }

        @Override
        public DType getModelDType() {
            return DType.BF16;
        }

        @Override
        public void close() {}
    }

    private static final class NoTokenizer implements Tokenizer {

        @Override
        public List<String> tokenize(String text) {
            return List.of();
        }

        @Override
        public long[] encode(String text) {
            return new long[0];
        }

        @Override
        public String decode(long token) {
            return "";
        }

        @Override
        public String decode(long[] tokens) {
            return "";
        }

        @Override
        public Optional<PromptSupport> promptSupport() {
            return Optional.empty();
        }

        @Override
        public TokenizerModel getModel() {
            return null;
        }
    }
}
