package io.consort.experts;

/**
 * What an expert costs.
 *
 * @param input USD per million prompt tokens
 * @param output USD per million completion tokens
 */
public record Price(double input, double output) {

    /** The price of an expert that costs nothing per token. */
    public static final Price FREE = new Price(0, 0);

    public Price {
        if (!(input >= 0) || !(output >= 0)) {
            throw new IllegalArgumentException(
                    "`price` must be 0 or more USD per million tokens, not %s and %s"
                            .formatted(input, output));
        }
    }

    /** The cost in USD of so many tokens. */
    public double of(long promptTokens, long completionTokens) {
        return (promptTokens * input + completionTokens * output) / 1e6;
    }
}
