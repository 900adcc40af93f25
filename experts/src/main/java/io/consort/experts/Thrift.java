package io.consort.experts;

/** How much money counts against a good answer. */
public sealed interface Thrift {

    /**
     * A fixed price of money.
     *
     * @param lambda points of score, from 0 to 1, that a USD per thousand requests must bring
     */
    record Rate(double lambda) implements Thrift {
        public Rate {
            positive("policies.cost-aware.lambda", lambda);
        }
    }

    /** The best score for at most so many USD per thousand requests. */
    record Budget(double usdPerThousandRequests) implements Thrift {
        public Budget {
            positive(
                    "policies.cost-aware.budget.usd-per-thousand-requests", usdPerThousandRequests);
        }
    }

    private static void positive(String field, double value) {
        if (!(value > 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException(
                    "`%s` must be above 0, not %s".formatted(field, value));
        }
    }
}
