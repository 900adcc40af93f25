package io.consort.runtime.model;

import io.consort.runtime.backend.Activation;
import io.consort.runtime.backend.Choice;
import io.consort.runtime.backend.Chosen;
import io.consort.runtime.backend.Heads;
import io.consort.runtime.backend.Rows;
import io.consort.runtime.engine.Candidates;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * A model whose next token is a function of all tokens before it, which it reads back from the
 * cache. So a block that is shared wrongly, or computed wrongly, gives other answers.
 */
public final class FakeDecoder implements DecoderModel {

    /** A first token after which logits are not numbers. */
    public static final int POISON = 7;

    private final ModelConfig config;
    private final ToIntFunction<int[]> next;
    private final AtomicLong made = new AtomicLong();
    private volatile Consumer<Batch> beforePass = batch -> {};
    private volatile Object kin = this;
    private volatile boolean chooses;
    private final AtomicLong chosen = new AtomicLong();

    /**
     * @param next chooses a token by all tokens before it
     */
    public FakeDecoder(
            int vocabulary, int context, Set<Integer> endTokens, ToIntFunction<int[]> next) {
        this.config = config(vocabulary, context, endTokens);
        this.next = next;
    }

    /** A model that says whatever a hash of the tokens is. */
    public static FakeDecoder hashing(int vocabulary, int context) {
        return new FakeDecoder(vocabulary, context, Set.of(), tokens -> hashed(tokens, vocabulary));
    }

    /** The token that {@link #hashing} gives; never one of the first sixteen. */
    public static int hashed(int[] tokens, int vocabulary) {
        return 16 + Math.floorMod(Arrays.hashCode(tokens) * 0x9E3779B9, vocabulary - 16);
    }

    /** Called before each pass by the thread that runs it. */
    public void beforePass(Consumer<Batch> action) {
        beforePass = action;
    }

    /** Makes it equal to others in what {@link DecoderModel#kin} says. */
    public void kin(Object shared) {
        kin = shared;
    }

    @Override
    public Object kin() {
        return kin;
    }

    /** Lets it choose tokens itself. */
    public void choosing() {
        chooses = true;
    }

    @Override
    public boolean chooses() {
        return chooses;
    }

    /** Rows that it has chosen tokens of by itself. */
    public long chosen() {
        return chosen.get();
    }

    /** Rows of logits given so far. */
    public long made() {
        return made.get();
    }

    @Override
    public ModelConfig config() {
        return config;
    }

    @Override
    public KvCache newCache(int blocks) {
        return new KvCache(new FakeStore(blocks));
    }

    @Override
    public long cacheBytesPerBlock() {
        return KvCache.BLOCK * 4L;
    }

    @Override
    public Pass begin(Batch batch, KvCache cache) {
        beforePass.accept(batch);
        return new FakePass(batch, cache);
    }

    @Override
    public void close() {}

    private float[] logits(int[] tokens) {
        float[] row = new float[config.vocabulary()];
        int hash = Arrays.hashCode(tokens);
        for (int token = 0; token < row.length; token++) {
            hash = hash * 1_103_515_245 + 12_345;
            row[token] = (hash >>> 8) / (float) (1 << 24);
        }
        row[next.applyAsInt(tokens)] = 3;
        if (tokens[0] == POISON) {
            row[row.length / 2] = Float.NaN;
        }
        return row;
    }

    private static ModelConfig config(int vocabulary, int context, Set<Integer> endTokens) {
        return new ModelConfig(
                Architecture.LLAMA,
                vocabulary,
                8,
                8,
                Activation.SILU,
                new Heads(1, 1, 8),
                1e-6f,
                context,
                List.of(),
                1,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                1,
                new ModelConfig.Biases(false, false, false),
                true,
                endTokens);
    }

    private final class FakePass implements Pass {

        private final Batch batch;
        private final KvCache cache;

        FakePass(Batch batch, KvCache cache) {
            this.batch = batch;
            this.cache = cache;
        }

        @Override
        public int layer() {
            return 0;
        }

        @Override
        public void runTo(int end) {}

        @Override
        public Rows hidden() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Rows normalized() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Logits finish() {
            float[] values = new float[batch.wantedRows() * config.vocabulary()];
            int row = 0;
            for (Batch.Part part : batch.parts()) {
                int[] tokens = write(part);
                if (part.wanted() == Batch.Wanted.LAST) {
                    System.arraycopy(
                            logits(tokens),
                            0,
                            values,
                            row++ * config.vocabulary(),
                            config.vocabulary());
                }
            }
            made.addAndGet(row);
            return new Logits(values, row, config.vocabulary());
        }

        @Override
        public Chosen finishChoosing(List<Choice> choices) {
            if (!chooses) {
                return Pass.super.finishChoosing(choices);
            }
            Logits logits = finish();
            chosen.addAndGet(logits.rows());
            int[] tokens = new int[logits.rows()];
            Arrays.setAll(tokens, row -> choose(logits, row, choices.get(row)));
            double[] logprobs = new double[tokens.length];
            Arrays.setAll(logprobs, row -> -100 - tokens[row]);
            return new Chosen(tokens, logprobs);
        }

        private static int choose(Logits logits, int row, Choice choice) {
            int best = logits.choice(row);
            if (best == Logits.NO_TOKEN || choice.draw().isEmpty()) {
                return best;
            }
            Candidates candidates = new Candidates();
            candidates.load(logits, row);
            return candidates.draw(choice.draw().get(), choice.position());
        }

        /** Stores a part's tokens and reads the whole sequence back. */
        private int[] write(Batch.Part part) {
            KvSequence sequence = part.sequence();
            if (sequence.cache() != cache
                    || sequence.capacity() < sequence.length() + part.tokens().length) {
                throw new IllegalArgumentException("no room for the new positions");
            }
            FakeStore store = (FakeStore) cache.store();
            int[] blocks = sequence.blockTable();
            for (int i = 0; i < part.tokens().length; i++) {
                store.write(blocks, sequence.length() + i, part.tokens()[i]);
            }
            sequence.advance(part.tokens());
            int[] table = sequence.blockTable();
            int[] tokens = new int[sequence.length()];
            Arrays.setAll(tokens, position -> store.read(table, position));
            return tokens;
        }

        @Override
        public void close() {}
    }
}
