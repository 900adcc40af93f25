package io.consort.service.limit;

/**
 * What was taken in the last minute. It is counted by quarters of a second, and a quarter counts as
 * long as any of it is less than a minute ago: what is taken counts for 60 to 60.25 seconds. Not
 * thread-safe. Time is in milliseconds since 1970; a clock that goes back is taken to stand still.
 */
final class SlidingMinute {

    static final long SLOT = 250;
    static final int SLOTS = 241;

    private final long[] taken = new long[SLOTS];
    private long newest;
    private long sum;

    /** What counts now. */
    long sum(long now) {
        advance(now);
        return sum;
    }

    void take(long now, long amount) {
        advance(now);
        taken[index(newest)] += amount;
        sum += amount;
    }

    /**
     * Changes what was taken at a time; where that counts no more, an addition counts from now on.
     */
    void correct(long at, long difference, long now) {
        advance(now);
        long slot = Math.min(newest, at / SLOT);
        if (slot > newest - SLOTS) {
            taken[index(slot)] += difference;
            sum += difference;
        } else if (difference > 0) {
            take(now, difference);
        }
    }

    /** Milliseconds until at most so much of what counts now still counts; 0 where it is so now. */
    long until(long most, long now) {
        advance(now);
        long left = sum;
        for (long slot = newest - SLOTS + 1; slot <= newest; slot++) {
            if (left <= most) {
                return Math.max(0, (slot - 1 + SLOTS) * SLOT - now);
            }
            left -= taken[index(slot)];
        }
        return Math.max(0, (newest + SLOTS) * SLOT - now);
    }

    private void advance(long now) {
        long slot = now / SLOT;
        if (slot <= newest) {
            return;
        }
        long passed = Math.min(slot - newest, SLOTS);
        for (long gone = 1; gone <= passed; gone++) {
            int index = index(slot - passed + gone);
            sum -= taken[index];
            taken[index] = 0;
        }
        newest = slot;
    }

    private static int index(long slot) {
        return (int) Math.floorMod(slot, (long) SLOTS);
    }
}
