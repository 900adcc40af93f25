package io.consort.router.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.consort.router.classify.Separation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How well a router placed labelled questions. Shares are in [0, 1], and NaN where nothing was
 * asked.
 *
 * @param questions how many were asked
 * @param accuracy share of questions of a category that were placed there
 * @param firstRanked share of questions of a category for which it ranks first, abstaining or not
 * @param falseAbstention share of questions of a category that were placed in none
 * @param abstentionRecall share of questions of no category that were placed in none
 * @param separation probability that a question of none looks more like none than one of a category
 *     does (area under the receiver operating characteristic)
 * @param calibrationError mean distance between confidence and success over ten bins of confidence
 * @param placements true category to placed category to count
 */
public record Report(
        int questions,
        double accuracy,
        @JsonProperty("first_ranked") double firstRanked,
        @JsonProperty("false_abstention") double falseAbstention,
        @JsonProperty("abstention_recall") double abstentionRecall,
        double separation,
        @JsonProperty("calibration_error") double calibrationError,
        Map<String, Map<String, Integer>> placements) {

    private static final int BINS = 10;

    /** Sums up what became of the questions. */
    public static Report of(List<Outcome> outcomes) {
        List<Outcome> members = outcomes.stream().filter(Outcome::belongs).toList();
        List<Outcome> others = outcomes.stream().filter(outcome -> !outcome.belongs()).toList();
        Map<String, Map<String, Integer>> placements = new TreeMap<>();
        for (Outcome outcome : outcomes) {
            placements
                    .computeIfAbsent(outcome.question().category(), _ -> new TreeMap<>())
                    .merge(outcome.placed(), 1, Integer::sum);
        }
        return new Report(
                outcomes.size(),
                share(
                        members.stream()
                                .filter(o -> o.placed().equals(o.question().category()))
                                .count(),
                        members),
                share(
                        members.stream()
                                .filter(o -> o.first().equals(o.question().category()))
                                .count(),
                        members),
                share(members.stream().filter(Outcome::abstained).count(), members),
                share(others.stream().filter(Outcome::abstained).count(), others),
                separation(members, others),
                calibrationError(outcomes),
                Collections.unmodifiableMap(placements));
    }

    /** The report for people. */
    public String text() {
        List<String> lines = new ArrayList<>();
        lines.add("questions          %8d".formatted(questions));
        lines.add(line("accuracy", accuracy));
        lines.add(line("first ranked", firstRanked));
        lines.add(line("false abstention", falseAbstention));
        lines.add(line("abstention recall", abstentionRecall));
        lines.add(line("separation (AUROC)", separation));
        lines.add(line("calibration error", calibrationError));
        placements.forEach(
                (category, placed) -> lines.add("%-18s placed in %s".formatted(category, placed)));
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }

    private static String line(String name, double share) {
        return Double.isNaN(share)
                ? "%-18s        -".formatted(name)
                : String.format(Locale.ROOT, "%-18s %8.2f %%", name, 100 * share);
    }

    private static double share(long count, List<Outcome> all) {
        return all.isEmpty() ? Double.NaN : (double) count / all.size();
    }

    private static double separation(List<Outcome> members, List<Outcome> others) {
        return Separation.of(
                members.stream().mapToDouble(Outcome::none).toArray(),
                others.stream().mapToDouble(Outcome::none).toArray());
    }

    private static double calibrationError(List<Outcome> outcomes) {
        double[] excess = new double[BINS];
        for (Outcome outcome : outcomes) {
            int bin = Math.min(BINS - 1, (int) (outcome.confidence() * BINS));
            excess[bin] += outcome.confidence() - (outcome.confident() ? 1 : 0);
        }
        double error = 0;
        for (double bin : excess) {
            error += Math.abs(bin);
        }
        return outcomes.isEmpty() ? Double.NaN : error / outcomes.size();
    }
}
