package io.consort.router.outcomes;

import io.consort.router.map.Frontier;
import io.consort.router.map.Measure;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a comparison found.
 *
 * @param rows the reference routers, then the policies
 * @param limits the budgets and the best map within them
 * @param measure the first of the limited ones, or price where none is
 * @param tradeoff what a budget on that costs the map in score
 * @param categoryAccuracy share of test prompts whose most probable category is the recorded one
 * @param categoryCalibration expected calibration error of that category's probability
 */
record Findings(
        OutcomeSet set,
        Costs costs,
        List<Standing> rows,
        Limits limits,
        Measure measure,
        List<Frontier.Point> tradeoff,
        double categoryAccuracy,
        double categoryCalibration,
        List<Abstention> abstention) {

    Findings {
        rows = List.copyOf(rows);
        tradeoff = List.copyOf(tradeoff);
        abstention = List.copyOf(abstention);
    }

    Optional<Standing> row(String name) {
        return rows.stream().filter(row -> row.name().equals(name)).findFirst();
    }

    /** The score of a reference row. */
    double score(String name) {
        return row(name).map(Standing::score).orElse(Double.NaN);
    }

    /** Which share of the way from best single to best per category a row comes; NaN without a way. */
    double gapShare(Standing row) {
        double gap = score("gold-category-map") - score("best-single");
        return gap > 0 ? row.gain() / gap : Double.NaN;
    }

    /** A cost as a share of the best single model's; NaN where one is unknown. */
    double costShare(double cost) {
        double single = row("best-single").map(row -> row.tally().cost()).orElse(Double.NaN);
        return costs.isKnown() && single > 0 ? cost / single : Double.NaN;
    }
}
