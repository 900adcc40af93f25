package io.consort.router.policy;

import java.util.Comparator;
import java.util.List;

/** From which cosine on a match can be relied on. */
final class PinLimit {

    /**
     * The best match of an example.
     *
     * @param right whether it is the one that is wanted
     */
    record Match(double cosine, boolean right) {}

    private PinLimit() {}

    /**
     * The limit at or above which right matches outnumber wrong ones most; of equally good limits the
     * lowest. Half of the way to the next lower cosine, so that what is just like the examples passes.
     */
    static double fit(List<Match> matches) {
        List<Match> sorted =
                matches.stream()
                        .sorted(Comparator.comparingDouble(Match::cosine).reversed())
                        .toList();
        int balance = 0;
        int most = 0;
        double limit = 1;
        for (int i = 0; i < sorted.size(); i++) {
            double cosine = sorted.get(i).cosine();
            balance += sorted.get(i).right() ? 1 : -1;
            boolean last = i + 1 == sorted.size();
            double next = last ? cosine - 0.1 : sorted.get(i + 1).cosine();
            if (balance >= most && next < cosine) {
                most = balance;
                limit = (cosine + next) / 2;
            }
        }
        return limit;
    }
}
