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
        return Arrays.stream(places(strangers, members)).average().orElse(Double.NaN);
    }

    /**
     * By how much one doubt separates worse than another, plus one standard error of that (DeLong et
     * al., Comparing the Areas under Two or More Correlated Receiver Operating Characteristic
     * Curves, 1988).
     *
     * @param better doubts of members and of strangers, at least one of each
     * @param worse the other's, of the same in the same order
     */
    static double loss(Doubts better, Doubts worse) {
        double[] ofStrangers =
                minus(
                        places(better.strangers(), better.members()),
                        places(worse.strangers(), worse.members()));
        double[] ofMembers =
                minus(
                        places(better.members(), better.strangers()),
                        places(worse.members(), worse.strangers()));
        double mean = Arrays.stream(ofStrangers).average().orElse(0);
        return mean + Math.sqrt(squaredError(ofStrangers) + squaredError(ofMembers));
    }

    /** How much each member and each stranger is doubted. */
    record Doubts(double[] members, double[] strangers) {}

    /** The share of the others that each value is above, ties counting half. */
    private static double[] places(double[] values, double[] others) {
        double[] sorted = others.clone();
        Arrays.sort(sorted);
        double[] places = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            double below = rank(sorted, values[i], false) + rank(sorted, values[i], true);
            places[i] = below / (2.0 * sorted.length);
        }
        return places;
    }

    private static double[] minus(double[] a, double[] b) {
        double[] difference = a.clone();
        for (int i = 0; i < a.length; i++) {
            difference[i] -= b[i];
        }
        return difference;
    }

    /** Of the mean of the values. */
    private static double squaredError(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return squares / ((double) values.length * values.length);
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
