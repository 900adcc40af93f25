package io.consort.runtime.bench.load;

import java.util.Arrays;
import java.util.List;

/**
 * What many streams saw. Times are in milliseconds.
 *
 * @param gapMedian of all gaps between two tokens of one answer
 * @param gapLongest of all streams
 * @param stalled streams with a gap longer than ten times their own median
 * @param cachedShare of all prompt tokens
 * @param residentMegabytes at equal intervals
 */
record LoadResult(
        int streams,
        double seconds,
        int requests,
        long tokens,
        double gapMedian,
        double gapLongest,
        int stalled,
        double firstTokenMedian,
        double firstTokenLongest,
        double cachedShare,
        List<Long> residentMegabytes,
        int different,
        int failures) {

    private static final int STALL = 10;

    LoadResult {
        residentMegabytes = List.copyOf(residentMegabytes);
    }

    static LoadResult of(List<LoadStream> streams, double seconds, List<Long> resident) {
        double[] gaps = all(streams.stream().map(LoadStream::gaps).toList());
        double[] first = all(streams.stream().map(LoadStream::firstTokens).toList());
        long prompts = streams.stream().mapToLong(LoadStream::promptTokens).sum();
        long cached = streams.stream().mapToLong(LoadStream::cachedTokens).sum();
        return new LoadResult(
                streams.size(),
                seconds,
                first.length,
                streams.stream().mapToLong(LoadStream::tokens).sum(),
                middle(gaps),
                longest(gaps),
                (int) streams.stream().filter(LoadResult::stalls).count(),
                middle(first),
                longest(first),
                prompts == 0 ? 0 : (double) cached / prompts,
                resident,
                streams.stream().mapToInt(LoadStream::different).sum(),
                streams.stream().mapToInt(LoadStream::failures).sum());
    }

    /** How much longer than the median the longest gap is. */
    double stall() {
        return gapMedian == 0 ? 0 : gapLongest / gapMedian;
    }

    double tokensPerSecond() {
        return tokens / seconds;
    }

    /** Growth of resident memory from the first quarter of the time to its end, as a share. */
    double growth() {
        long early = residentMegabytes.get(residentMegabytes.size() / 4);
        return (double) (residentMegabytes.getLast() - early) / early;
    }

    private static boolean stalls(LoadStream stream) {
        double[] gaps = all(List.of(stream.gaps()));
        return longest(gaps) > STALL * middle(gaps);
    }

    private static double[] all(List<long[]> nanos) {
        return nanos.stream().flatMapToLong(Arrays::stream).asDoubleStream().sorted().toArray();
    }

    private static double middle(double[] sorted) {
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2] / 1e6;
    }

    private static double longest(double[] sorted) {
        return sorted.length == 0 ? 0 : sorted[sorted.length - 1] / 1e6;
    }
}
