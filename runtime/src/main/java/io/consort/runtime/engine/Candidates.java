package io.consort.runtime.engine;

import io.consort.runtime.model.Logits;
import java.util.Arrays;

/**
 * The tokens that may come next, with weights in proportion to their probabilities. A buffer that is
 * filled anew for every choice; confined to one thread.
 */
public final class Candidates {

    private static final int EXPONENTS = 256;

    private final int[] countAt = new int[EXPONENTS];
    private final double[] weightAt = new double[EXPONENTS];
    private float[] logits = new float[0];
    private int[] tokens = new int[0];
    private float[] weights = new float[0];
    private long[] order = new long[0];
    private int count;
    private int mostProbable;
    private float highest;
    private boolean sorted;

    /** Takes a row over: every token, at temperature 1. */
    void load(Logits rows, int row) {
        count = rows.vocabulary();
        if (tokens.length < count) {
            logits = new float[count];
            tokens = new int[count];
            weights = new float[count];
            order = new long[count];
        }
        System.arraycopy(rows.values(), rows.offset(row), logits, 0, count);
        mostProbable = 0;
        for (int token = 0; token < count; token++) {
            float logit = logits[token];
            if (Float.isNaN(logit) || logit == Float.POSITIVE_INFINITY) {
                throw notNumbers(token, logit);
            }
            tokens[token] = token;
            mostProbable = logit > logits[mostProbable] ? token : mostProbable;
        }
        highest = logits[mostProbable];
        if (highest == Float.NEGATIVE_INFINITY) {
            throw notNumbers(0, highest);
        }
        sorted = false;
        weigh(1);
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /** The token with the greatest logit; the smallest id of those that are equal. */
    public int mostProbable() {
        return mostProbable;
    }

    /** Weighs each by {@code exp(logit / temperature)}, up to a common factor. */
    public void weigh(double temperature) {
        for (int i = 0; i < count; i++) {
            weights[i] = (float) Math.exp((logits[tokens[i]] - highest) / temperature);
        }
    }

    /** Keeps so many with the greatest weights; smaller ids of those that are equal. */
    public void keepMostProbable(int kept) {
        if (kept < count) {
            sortDownTo(kept, Double.POSITIVE_INFINITY);
            count = Math.min(count, kept);
        }
    }

    /** Keeps the fewest that have together at least this share of the weight; one at least. */
    public void keepShare(double share) {
        double wanted = share * totalWeight();
        sortDownTo(Integer.MAX_VALUE, wanted);
        double sum = weights[0];
        int kept = 1;
        while (kept < count && sum < wanted) {
            sum += weights[kept++];
        }
        count = kept;
    }

    /**
     * The token at a place of the total weight.
     *
     * @param place in [0, 1)
     */
    public int at(double place) {
        double left = place * totalWeight();
        int last = tokens[0];
        for (int i = 0; i < count; i++) {
            if (weights[i] > 0) {
                last = tokens[i];
                left -= weights[i];
                if (left < 0) {
                    return last;
                }
            }
        }
        return last;
    }

    private double totalWeight() {
        double total = 0;
        for (int i = 0; i < count; i++) {
            total += weights[i];
        }
        return total;
    }

    /**
     * Sorts the greatest weights to the front and forgets the rest, but keeps at least {@code kept}
     * or so many that their sum reaches {@code weight}, whichever needs fewer. Weights are told apart
     * by exponent first, so that a large vocabulary is not sorted as a whole.
     */
    private void sortDownTo(int kept, double weight) {
        if (sorted) {
            return;
        }
        int threshold = exponentThreshold(kept, weight);
        int found = 0;
        for (int i = 0; i < count; i++) {
            int bits = Float.floatToRawIntBits(weights[i]);
            if (bits >>> 23 >= threshold) {
                order[found++] = ((long) ~bits << 32) | tokens[i];
            }
        }
        Arrays.sort(order, 0, found);
        for (int i = 0; i < found; i++) {
            tokens[i] = (int) order[i];
            weights[i] = Float.intBitsToFloat(~(int) (order[i] >>> 32));
        }
        count = found;
        sorted = true;
    }

    private int exponentThreshold(int kept, double weight) {
        Arrays.fill(countAt, 0);
        Arrays.fill(weightAt, 0);
        for (int i = 0; i < count; i++) {
            int exponent = Float.floatToRawIntBits(weights[i]) >>> 23;
            countAt[exponent]++;
            weightAt[exponent] += weights[i];
        }
        int seen = 0;
        double sum = 0;
        int exponent = EXPONENTS;
        while (exponent > 0 && seen < kept && sum < weight) {
            exponent--;
            seen += countAt[exponent];
            sum += weightAt[exponent];
        }
        return exponent;
    }

    private static EngineException notNumbers(int token, float logit) {
        return new EngineException(
                EngineException.Reason.NOT_A_NUMBER,
                "the model's logits are not numbers (token %d has %s); its weights may be damaged"
                        .formatted(token, logit));
    }
}
