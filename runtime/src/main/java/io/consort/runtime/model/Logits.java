package io.consort.runtime.model;

/**
 * Unnormalised log-probabilities of the next token, a row per asked position in batch order.
 *
 * @param values row after row; may be longer than the rows; must not be kept beyond the next pass
 * @param vocabulary columns of a row
 */
public record Logits(float[] values, int rows, int vocabulary) {

    /** Where a row begins in {@link #values}. */
    public int offset(int row) {
        return row * vocabulary;
    }

    /** Stands for a token where a row's logits are no finite numbers. */
    public static final int NO_TOKEN = -1;

    /** What {@link #argmax} gives, or {@link #NO_TOKEN} where a value is not a number or infinite. */
    public int choice(int row) {
        int offset = offset(row);
        for (int token = 0; token < vocabulary; token++) {
            if (!(values[offset + token] < Float.POSITIVE_INFINITY)) {
                return NO_TOKEN;
            }
        }
        int best = argmax(row);
        return values[offset + best] == Float.NEGATIVE_INFINITY ? NO_TOKEN : best;
    }

    /** The most probable token of a row; the smallest of those that are equal. */
    public int argmax(int row) {
        int offset = offset(row);
        int best = 0;
        for (int token = 1; token < vocabulary; token++) {
            if (values[offset + token] > values[offset + best]) {
                best = token;
            }
        }
        return best;
    }
}
