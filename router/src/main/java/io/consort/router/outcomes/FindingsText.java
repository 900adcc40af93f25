package io.consort.router.outcomes;

import io.consort.router.map.Assignment;
import io.consort.router.map.Frontier;
import java.util.Locale;
import java.util.StringJoiner;

/** Findings for people. */
final class FindingsText {

    private static final String END = System.lineSeparator();
    private static final String UNKNOWN = "-";

    private FindingsText() {}

    static String of(Findings findings) {
        StringJoiner lines = new StringJoiner(END, "", END);
        OutcomeSet set = findings.set();
        lines.add(
                "%s: %d models, fitted on %d prompts, reported on %d; cost in %s"
                        .formatted(
                                set.name(),
                                set.models().size(),
                                set.train().size(),
                                set.test().size(),
                                findings.costs().basis().unit()));
        lines.add("");
        rows(findings, lines);
        lines.add("");
        category(findings, lines);
        if (!findings.limits().none()) {
            lines.add("");
            map(findings, lines);
        }
        return lines.toString();
    }

    private static void rows(Findings findings, StringJoiner lines) {
        lines.add(
                "router              score %    +-    gain    +-  of gap  to oracle  active B     cost"
                        + "  equal score at   ECE   p50 ms   p99 ms");
        double oracle = findings.score("oracle");
        double single = findings.score("best-single");
        for (Standing row : findings.rows()) {
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "%-18s %8.2f %5.2f %+7.2f %5.2f %s %10.2f %s %s %s %s %s %s",
                            row.name(),
                            100 * row.score(),
                            100 * row.error(),
                            100 * row.gain(),
                            100 * row.gainError(),
                            percent(findings.gapShare(row), 7),
                            100 * (oracle - row.score()),
                            figure("%9.1f", Figures.mean(row.tally().activeParamsB())),
                            figure("%8.4g", row.tally().cost()),
                            percent(findings.costShare(row.costAt(single)), 15),
                            figure("%5.3f", row.scoreCalibration()),
                            figure("%8.2f", row.timing().middle()),
                            figure("%8.2f", row.timing().slow())));
        }
        lines.add("");
        lines.add(
                "of gap: share of the way from best-single to gold-category-map. equal score at: the"
                        + " lowest cost at");
        lines.add(
                "which it scores at least as much as best-single, as a share of that one's cost."
                        + " ECE: of expected scores.");
    }

    private static void category(Findings findings, StringJoiner lines) {
        lines.add(
                String.format(
                        Locale.ROOT,
                        "category head: %.2f %% right, calibration error %.3f",
                        100 * findings.categoryAccuracy(),
                        findings.categoryCalibration()));
        lines.add("surest share routed  category right %  score of those %  score of all %");
        for (Abstention point : findings.abstention()) {
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "%17.0f %% %17.2f %17.2f %15.2f",
                            100 * point.coverage(),
                            100 * point.categoryAccuracy(),
                            100 * point.scoreRouted(),
                            100 * point.scoreOverall()));
        }
    }

    private static void map(Findings findings, StringJoiner lines) {
        lines.add(
                String.format(
                        Locale.ROOT,
                        "the best map within the budgets is expected to score %.2f %%%s:",
                        100 * findings.limits().map().score(),
                        findings.limits().map().proven() ? "" : " (not proven best)"));
        for (Assignment assignment : findings.limits().map().assignments()) {
            lines.add(
                    "  %s -> %s: %s"
                            .formatted(
                                    assignment.category(),
                                    assignment.expert(),
                                    assignment.reason()));
        }
        findings.limits().map().notes().forEach(lines::add);
        lines.add("what %s costs in score:".formatted(findings.measure().label()));
        for (Frontier.Point point : findings.tradeoff()) {
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "  %14.6g  %.2f %%",
                            point.level(),
                            100 * point.map().score()));
        }
    }

    private static String percent(double share, int width) {
        String text =
                Double.isNaN(share) ? UNKNOWN : String.format(Locale.ROOT, "%.0f %%", 100 * share);
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    private static String figure(String format, double value) {
        if (!Double.isNaN(value)) {
            return String.format(Locale.ROOT, format, value);
        }
        int width = Integer.parseInt(format.substring(1, format.indexOf('.')));
        return " ".repeat(width - 1) + UNKNOWN;
    }
}
