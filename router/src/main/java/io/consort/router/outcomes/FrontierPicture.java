package io.consort.router.outcomes;

import io.consort.router.outcomes.Standing.CurvePoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Score against cost: each model alone, each policy with its standard error and its curve over rates
 * of price, and the frontier of all curves.
 */
final class FrontierPicture {

    private static final int WIDTH = 960;
    private static final int HEIGHT = 600;
    private static final int LEFT = 70;
    private static final int RIGHT = 930;
    private static final int TOP = 60;
    private static final int BOTTOM = 540;
    private static final String[] COLOURS = {
        "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7a5195", "#5b6770"
    };
    private static final String GREY = "#8a8f98";
    private static final String FRONTIER = "#1c2733";

    private final Findings findings;
    private final List<Standing> shown;
    private final List<CurvePoint> models;
    private final Axis cost;
    private final Axis score;
    private final Svg svg = new Svg(WIDTH, HEIGHT);

    private FrontierPicture(Findings findings) {
        this.findings = findings;
        this.shown =
                findings.rows().stream()
                        .filter(row -> !row.name().equals("random") && !row.name().equals("oracle"))
                        .toList();
        this.models = models(findings);
        List<CurvePoint> all = new ArrayList<>(frontier());
        shown.forEach(row -> {
            all.add(new CurvePoint(row.tally().cost(), row.score() - row.error()));
            all.add(new CurvePoint(row.tally().cost(), row.score() + row.error()));
        });
        double dearest =
                Stream.concat(all.stream(), models.stream())
                        .mapToDouble(CurvePoint::cost)
                        .max()
                        .orElse(1);
        this.cost = Axis.around(0, Math.max(dearest, Double.MIN_NORMAL), LEFT, RIGHT);
        this.score =
                Axis.around(
                        100 * all.stream().mapToDouble(CurvePoint::score).min().orElse(0),
                        100 * all.stream().mapToDouble(CurvePoint::score).max().orElse(1),
                        BOTTOM,
                        TOP);
    }

    /**
     * Says before anything is computed that there can be no picture.
     *
     * @throws OutcomeSetException when the set tells no costs, or the file has no folder
     */
    static void refuse(OutcomeSet set, Path file) throws OutcomeSetException {
        if (!Costs.of(set).isKnown()) {
            throw new OutcomeSetException(
                    "--plot needs costs: record 'cost_usd', or give every model in models.json a"
                            + " 'usd_per_mtok_out' or 'active_params_b'");
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
            throw new OutcomeSetException(
                    "--plot cannot write %s; name a file in a folder that exists".formatted(file));
        }
    }

    /** The picture; the set must tell costs. */
    static String svg(Findings findings) {
        return new FrontierPicture(findings).draw();
    }

    private String draw() {
        axes();
        for (int i = 0; i < shown.size(); i++) {
            path(
                    shown.get(i).curve(),
                    "stroke=\"%s\" stroke-opacity=\"0.35\"".formatted(colour(i)));
        }
        path(frontier(), "stroke=\"%s\" stroke-width=\"2\"".formatted(FRONTIER));
        for (int i = 0; i < shown.size(); i++) {
            errorBar(shown.get(i), colour(i));
        }
        int below = 0;
        for (CurvePoint model : models) {
            if (score.holds(100 * model.score())) {
                svg.dot(x(model), y(model), 3, "fill=\"%s\"".formatted(GREY));
            } else {
                below++;
            }
        }
        for (int i = 0; i < shown.size(); i++) {
            CurvePoint point = point(shown.get(i));
            String style = "fill=\"%s\" font-weight=\"bold\"".formatted(colour(i));
            svg.label(x(point), y(point), style, shown.get(i).name());
        }
        for (int m = 0; m < models.size(); m++) {
            if (score.holds(100 * models.get(m).score())) {
                svg.label(
                        x(models.get(m)),
                        y(models.get(m)),
                        "fill=\"%s\"".formatted(GREY),
                        findings.set().models().get(m).name());
            }
        }
        notes(below);
        return svg.toString();
    }

    private void axes() {
        for (double tick : score.ticks()) {
            double y = score.place(tick);
            svg.line(LEFT, y, RIGHT, y, "stroke=\"#e6e8eb\"");
            svg.text(LEFT - 8, y + 4, "end", "fill=\"#444\"", score.text(tick));
        }
        for (double tick : cost.ticks()) {
            double x = cost.place(tick);
            svg.line(x, BOTTOM, x, BOTTOM + 5, "stroke=\"#444\"");
            svg.text(x, BOTTOM + 20, "middle", "fill=\"#444\"", cost.text(tick));
        }
        svg.line(LEFT, BOTTOM, RIGHT, BOTTOM, "stroke=\"#444\"");
        svg.line(LEFT, TOP, LEFT, BOTTOM, "stroke=\"#444\"");
        svg.text(
                (LEFT + RIGHT) / 2.0,
                BOTTOM + 42,
                "middle",
                "fill=\"#222\"",
                "mean cost, " + findings.costs().basis().unit());
        svg.text(LEFT, TOP - 12, "start", "fill=\"#222\"", "mean score on test, %");
        svg.text(
                LEFT,
                24,
                "start",
                "font-size=\"16\" font-weight=\"bold\" fill=\"#222\"",
                "%s: score against cost, %d test prompts"
                        .formatted(findings.set().name(), findings.set().test().size()));
    }

    private void notes(int below) {
        String note =
                String.format(
                        Locale.ROOT,
                        "bars: one standard error. dark line: frontier of all policies. grey: one"
                                + " model alone%s. oracle: %.1f %%",
                        below == 0 ? "" : ", %d more below".formatted(below),
                        100 * findings.score("oracle"));
        svg.text(RIGHT, TOP - 12, "end", "fill=\"#666\" font-size=\"11\"", note);
    }

    private void errorBar(Standing row, String colour) {
        CurvePoint point = point(row);
        String style = "stroke=\"%s\" stroke-width=\"1.5\"".formatted(colour);
        double x = x(point);
        double high = score.place(100 * (row.score() + row.error()));
        double low = score.place(100 * (row.score() - row.error()));
        svg.bar(x, low, high, style);
        svg.line(x - 4, low, x + 4, low, style);
        svg.line(x - 4, high, x + 4, high, style);
        svg.dot(x, y(point), 5, "fill=\"%s\" stroke=\"white\"".formatted(colour));
    }

    private void path(List<CurvePoint> points, String style) {
        if (points.size() > 1) {
            svg.path(
                    points.stream().map(point -> new double[] {x(point), y(point)}).toList(),
                    style);
        }
    }

    /** The points of all curves that no other one beats in both cost and score. */
    private List<CurvePoint> frontier() {
        List<CurvePoint> all = new ArrayList<>();
        findings.rows().forEach(row -> all.addAll(row.curve()));
        all.sort(
                Comparator.comparingDouble(CurvePoint::cost)
                        .thenComparing(Comparator.comparingDouble(CurvePoint::score).reversed()));
        List<CurvePoint> frontier = new ArrayList<>();
        for (CurvePoint point : all) {
            if (frontier.isEmpty() || point.score() > frontier.getLast().score()) {
                frontier.add(point);
            }
        }
        return frontier;
    }

    /** Cost and score of each model alone, over the prompts on which it was asked. */
    private static List<CurvePoint> models(Findings findings) {
        List<CurvePoint> points = new ArrayList<>();
        for (int m = 0; m < findings.set().models().size(); m++) {
            int model = m;
            double[] scores =
                    findings.set().test().stream()
                            .filter(prompt -> prompt.asked(model))
                            .mapToDouble(prompt -> prompt.scores()[model])
                            .toArray();
            double[] costs =
                    findings.set().test().stream()
                            .filter(prompt -> prompt.asked(model))
                            .mapToDouble(prompt -> findings.costs().of(prompt, model))
                            .toArray();
            points.add(new CurvePoint(Figures.mean(costs), Figures.mean(scores)));
        }
        return points;
    }

    private static CurvePoint point(Standing row) {
        return new CurvePoint(row.tally().cost(), row.score());
    }

    private double x(CurvePoint point) {
        return cost.place(point.cost());
    }

    private double y(CurvePoint point) {
        return score.place(100 * point.score());
    }

    private static String colour(int place) {
        return COLOURS[place % COLOURS.length];
    }
}
