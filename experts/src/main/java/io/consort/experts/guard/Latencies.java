package io.consort.experts.guard;

import java.time.Duration;
import java.util.Optional;

/**
 * How long the latest 512 to 1024 events took, in buckets an eighth of an octave wide, from 65
 * microseconds to 18 minutes. Not thread-safe.
 */
final class Latencies {

    private static final int GENERATION = 512;
    private static final int SMALLEST = 16;
    private static final int OCTAVES = 24;
    private static final int STEPS = 8;

    private int[] recent = new int[OCTAVES * STEPS];
    private int[] before = new int[OCTAVES * STEPS];
    private int recentCount;
    private int beforeCount;

    void add(long nanos) {
        if (recentCount == GENERATION) {
            before = recent;
            beforeCount = recentCount;
            recent = new int[OCTAVES * STEPS];
            recentCount = 0;
        }
        recent[bucket(nanos)]++;
        recentCount++;
    }

    int count() {
        return recentCount + beforeCount;
    }

    /**
     * The time that this share took at most, rounded up to a bucket; empty while nothing is known.
     *
     * @param share in (0, 1]
     */
    Optional<Duration> quantile(double share) {
        if (count() == 0) {
            return Optional.empty();
        }
        long rank = (long) Math.ceil(share * count());
        long seen = 0;
        int bucket = 0;
        while (seen < rank) {
            seen += recent[bucket] + before[bucket];
            bucket++;
        }
        return Optional.of(Duration.ofNanos(end(bucket - 1)));
    }

    private static int bucket(long nanos) {
        long within = Math.max(nanos, 1L << SMALLEST);
        int octave = 63 - Long.numberOfLeadingZeros(within);
        int step = (int) (within >>> (octave - 3)) & (STEPS - 1);
        return Math.min((octave - SMALLEST) * STEPS + step, OCTAVES * STEPS - 1);
    }

    private static long end(int bucket) {
        int octave = SMALLEST + bucket / STEPS;
        return (STEPS + bucket % STEPS + 1L) << (octave - 3);
    }
}
