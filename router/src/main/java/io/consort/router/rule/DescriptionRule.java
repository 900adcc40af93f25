package io.consort.router.rule;

import java.util.Comparator;
import java.util.List;

/**
 * Two regimes of matching a query with descriptions of the experts, as GLIDER's global router has
 * them (2024): a close match is pinned, a weak one leaves the choice to others.
 *
 * @param least the cosine from which on a match is close
 */
public record DescriptionRule(double least) {

    private static final double STEP = 0.1;

    /**
     * The best match of a query whose outcome is known.
     *
     * @param gain what following it gains against leaving the choice to others
     */
    public record Match(double cosine, double gain) {}

    /**
     * The rule under which the matches that are followed gain most; of equally good limits the
     * lowest. Half of the way to the next lower cosine, so that what is just like the matches passes.
     */
    public static DescriptionRule fit(List<Match> matches) {
        List<Match> sorted =
                matches.stream()
                        .sorted(Comparator.comparingDouble(Match::cosine).reversed())
                        .toList();
        double sum = 0;
        double most = 0;
        double limit = 1;
        for (int i = 0; i < sorted.size(); i++) {
            double cosine = sorted.get(i).cosine();
            sum += sorted.get(i).gain();
            double next = i + 1 == sorted.size() ? cosine - STEP : sorted.get(i + 1).cosine();
            if (sum >= most && next < cosine) {
                most = sum;
                limit = (cosine + next) / 2;
            }
        }
        return new DescriptionRule(limit);
    }

    /** Whether the expert whose description comes that near is pinned. */
    public boolean pins(double cosine) {
        return cosine >= least;
    }

    /** How near a query comes to each description; of the query as many numbers count as that has. */
    public static double[] cosines(List<float[]> descriptions, float[] query) {
        double[] cosines = new double[descriptions.size()];
        for (int d = 0; d < cosines.length; d++) {
            float[] description = descriptions.get(d);
            for (int i = 0; i < description.length; i++) {
                cosines[d] += description[i] * query[i];
            }
        }
        return cosines;
    }

    /** The place of the nearest description; of equally near ones the first. */
    public static int nearest(double[] cosines) {
        int nearest = 0;
        for (int i = 1; i < cosines.length; i++) {
            nearest = cosines[i] > cosines[nearest] ? i : nearest;
        }
        return nearest;
    }
}
