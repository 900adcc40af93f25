package io.consort.runtime.engine;

import io.consort.runtime.backend.Draw;
import io.consort.runtime.backend.TokenWeights;
import io.consort.runtime.model.Logits;
import java.util.Arrays;

/**
 * The tokens that may come next, with weights in proportion to their probabilities. What it draws is
 * what devices have to draw: tokens of greater weight come before others, and smaller ids before
 * others of the same weight. A buffer that is filled anew for every choice; confined to one thread.
 */
public final class Candidates {

    private static final int BIN_BITS = 20;

    private final long[] bins = new long[TokenWeights.END >>> BIN_BITS];
    private float[] logits = new float[0];
    private int[] distances = new int[0];
    private long[] order = new long[0];
    private int vocabulary;
    private int mostProbable;
    private long last;

    /**
     * Takes a row over: every token, at temperature 1.
     *
     * @throws EngineException where logits are no numbers
     */
    public void load(Logits rows, int row) {
        vocabulary = rows.vocabulary();
        if (logits.length < vocabulary) {
            logits = new float[vocabulary];
            distances = new int[vocabulary];
            order = new long[vocabulary];
        }
        System.arraycopy(rows.values(), rows.offset(row), logits, 0, vocabulary);
        mostProbable = 0;
        for (int token = 0; token < vocabulary; token++) {
            float logit = logits[token];
            if (Float.isNaN(logit) || logit == Float.POSITIVE_INFINITY) {
                throw notNumbers(token, logit);
            }
            mostProbable = logit > logits[mostProbable] ? token : mostProbable;
        }
        if (logits[mostProbable] == Float.NEGATIVE_INFINITY) {
            throw notNumbers(0, Float.NEGATIVE_INFINITY);
        }
        weigh(1);
    }

    /** The token with the greatest logit; the smallest id of those that are equal. */
    public int mostProbable() {
        return mostProbable;
    }

    /**
     * Draws a token.
     *
     * @param position of the token in the answer, from 0
     */
    public int draw(Draw draw, int position) {
        weigh(draw.temperature());
        keepMostProbable(draw.topK());
        keepShare(draw.topP());
        return at(draw.fraction(position));
    }

    /** How many there are. */
    int count() {
        int count = 0;
        for (int token = 0; token < vocabulary; token++) {
            count += isKept(token) ? 1 : 0;
        }
        return count;
    }

    /** Weighs all tokens, at a temperature; those without weight are no candidates. */
    void weigh(double temperature) {
        float factor = TokenWeights.factor(temperature);
        float highest = logits[mostProbable];
        for (int token = 0; token < vocabulary; token++) {
            distances[token] = TokenWeights.distance(highest, logits[token], factor);
        }
        last = key(TokenWeights.END, 0);
    }

    /** Keeps the first so many. */
    void keepMostProbable(int kept) {
        if (kept < count()) {
            cut(kept, false);
        }
    }

    /** Keeps the fewest that have together at least this share of the weight; one at least. */
    void keepShare(double share) {
        if (share < 1) {
            long total = totalWeight();
            long wanted = (long) Math.ceil(share * (double) total);
            cut(Math.clamp(wanted, 1, total), true);
        }
    }

    /**
     * The token at a place of the total weight, in the order of ids.
     *
     * @param fraction of the weight, in units of 2^-64, unsigned
     */
    int at(long fraction) {
        long left = Math.unsignedMultiplyHigh(fraction, totalWeight());
        int token = -1;
        while (left >= 0) {
            token++;
            left -= isKept(token) ? TokenWeights.weight(distances[token]) : 0;
        }
        return token;
    }

    private long totalWeight() {
        long total = 0;
        for (int token = 0; token < vocabulary; token++) {
            total += isKept(token) ? TokenWeights.weight(distances[token]) : 0;
        }
        return total;
    }

    /**
     * Keeps the first ones up to the one with which their number, or weight, reaches what is wanted.
     * Sorts only those that are near it.
     */
    private void cut(long wanted, boolean byWeight) {
        Arrays.fill(bins, 0);
        for (int token = 0; token < vocabulary; token++) {
            if (isKept(token)) {
                bins[distances[token] >>> BIN_BITS] += measure(distances[token], byWeight);
            }
        }
        int bin = 0;
        long sum = 0;
        while (sum + bins[bin] < wanted) {
            sum += bins[bin++];
        }
        int found = 0;
        for (int token = 0; token < vocabulary; token++) {
            if (distances[token] >>> BIN_BITS == bin && isKept(token)) {
                order[found++] = key(distances[token], token);
            }
        }
        Arrays.sort(order, 0, found);
        for (int i = 0; sum < wanted; i++) {
            last = order[i];
            sum += measure((int) (last >>> Integer.SIZE), byWeight);
        }
    }

    private static long measure(int distance, boolean byWeight) {
        return byWeight ? TokenWeights.weight(distance) : 1;
    }

    private boolean isKept(int token) {
        return key(distances[token], token) <= last;
    }

    private static long key(int distance, int token) {
        return ((long) distance << Integer.SIZE) | token;
    }

    private static EngineException notNumbers(int token, float logit) {
        return new EngineException(
                EngineException.Reason.NOT_A_NUMBER,
                "the model's logits are not numbers (token %d has %s); its weights may be damaged"
                        .formatted(token, logit));
    }
}
