package io.consort.service.limit;

/** Money of one calendar period, in billionths of a USD. Not thread-safe. */
final class Spending {

    private long period;
    private long spent;

    /** What was spent in this period. */
    long spent(long now) {
        advance(now);
        return spent;
    }

    /** Adds to a period, unless it is over. */
    void add(long to, long amount, long now) {
        advance(now);
        if (to == period) {
            spent += amount;
        }
    }

    private void advance(long now) {
        if (now > period) {
            period = now;
            spent = 0;
        }
    }
}
