package io.consort.router.classify;

import java.util.Arrays;

/** How well a doubt tells strangers from members. */
public final class Separation {

    private Separation() {}

    /**
     * The probability that a stranger is doubted more than a member, ties counting half: the area
     * under the receiver operating characteristic.
     *
     * @return NaN where there are no members or no strangers
     */
    public static double of(double[] members, double[] strangers) {
        double[] sorted = members.clone();
        Arrays.sort(sorted);
        double below = 0;
        for (double stranger : strangers) {
            below += (rank(sorted, stranger, false) + rank(sorted, stranger, true)) / 2.0;
        }
        return below / ((double) members.length * strangers.length);
    }

    /** How many of the sorted values are below the limit, or at most the limit. */
    private static int rank(double[] sorted, double limit, boolean inclusive) {
        double key = inclusive ? Math.nextUp(limit) : limit;
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < key) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
