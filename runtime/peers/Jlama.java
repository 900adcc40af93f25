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
import com.github.tjake.jlama.util.PhysicalCoreExecutor;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Jlama as a peer of {@code consort bench cpu}; io.consort.runtime.bench.PeerProcess says how it is
 * asked. It reads no GGUF, so it makes up the same shape itself: weights in bfloat16, or in its own
 * 4-bit blocks of 32 with activations in 8-bit ones. It runs one sequence at a time.
 */
final class Jlama {

    private static final int VOCABULARY = 128256;
    private static final int HIDDEN = 2048;
    private static final int INTERMEDIATE = 8192;
    private static final int LAYERS = 16;
    private static final int KEYS = 512;
    private static final int CONTEXT = 128;
    private static final int PROMPT = 512;

    private final LlamaModel model;
    private final double seconds;

    private Jlama(LlamaModel model, double seconds) {
        this.model = model;
        this.seconds = seconds;
    }

    public static void main(String[] args) throws Exception {
        LlamaModel loaded;
        try {
            PhysicalCoreExecutor.overrideThreadCount(Integer.parseInt(args[1]));
            loaded = load(args[0]);
        } catch (Throwable e) {
            System.out.println("! " + e);
            return;
        }
        System.out.println("= 0");
        Jlama peer = new Jlama(loaded, Integer.parseInt(args[2]) / 1e3);
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
                    config, new Random(), new NoTokenizer(), DType.F32, DType.BF16, Optional.empty());
        }
        if (file.endsWith("q4_0.gguf")) {
            return new LlamaModel(
                    config, new Random(), new NoTokenizer(), DType.F32, DType.I8, Optional.of(DType.Q4));
        }
        throw new IllegalArgumentException("it has no weights of this format");
    }

    /** Tokens of a prompt per second. */
    private double prefill() {
        int[] tokens = new int[PROMPT];
        for (int i = 0; i < PROMPT; i++) {
            tokens[i] = 7 * i + 3;
        }
        KvBufferCache cache = new KvBufferCache(model);
        try (KvBufferCache.KvBuffer keys = cache.getEphemeralKvBuffer()) {
            long begin = System.nanoTime();
            try (AbstractTensor hidden = model.batchForward(tokens, 0, keys);
                    AbstractTensor last = hidden.slice(PROMPT - 1)) {
                logits(last);
            }
            return PROMPT / ((System.nanoTime() - begin) / 1e9);
        }
    }

    /** Tokens per second of one sequence. */
    private double decode() {
        KvBufferCache cache = new KvBufferCache(model);
        try (KvBufferCache.KvBuffer keys = cache.getEphemeralKvBuffer()) {
            model.batchForward(new int[CONTEXT], 0, keys).close();
            long begin = System.nanoTime();
            int tokens = 0;
            do {
                try (AbstractTensor hidden =
                        model.forward(tokens, CONTEXT + tokens, keys, Optional.empty())) {
                    logits(hidden);
                }
                tokens++;
            } while ((System.nanoTime() - begin) / 1e9 < seconds && tokens < 64);
            return tokens / ((System.nanoTime() - begin) / 1e9);
        }
    }

    private void logits(AbstractTensor hidden) {
        try (AbstractTensor logits = model.makeDenseTensor(VOCABULARY)) {
            model.sample(hidden, 0, 0.5f, logits);
        }
    }

    /** Random weights. */
    private static final class Random implements WeightLoader {

        private final SplittableRandom random = new SplittableRandom(1);

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
            return !name.startsWith("lm_head") && !name.endsWith(".bias");
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
                    name.contains("embed") ? VOCABULARY
                            : name.contains("k_proj") || name.contains("v_proj") ? KEYS
                            : name.contains("gate") || name.contains("up_proj") ? INTERMEDIATE
                            : HIDDEN;
            int in = name.contains("down_proj") ? INTERMEDIATE : HIDDEN;
            AbstractTensor matrix = new BFloat16BufferTensor(out, in);
            for (int row = 0; row < out; row++) {
                for (int i = 0; i < in; i++) {
                    matrix.set((random.nextInt(200) - 100) / 2000f, row, i);
                }
            }
            return matrix;
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
