package io.consort.router.outcomes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** Findings for programs; unknown figures are null. */
final class FindingsJson {

    private FindingsJson() {}

    static String of(Findings findings) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("set", findings.set().name());
        root.put("test", findings.set().test().size());
        root.put("train", findings.set().train().size());
        root.put("cost_unit", findings.costs().basis().unit());
        ArrayNode rows = root.putArray("rows");
        findings.rows().forEach(row -> add(findings, row, rows.addObject()));
        put(root, "category_accuracy", findings.categoryAccuracy());
        put(root, "category_ece", findings.categoryCalibration());
        ArrayNode abstention = root.putArray("abstention");
        for (Abstention point : findings.abstention()) {
            ObjectNode node = abstention.addObject().put("coverage", point.coverage());
            put(node, "category_accuracy", point.categoryAccuracy());
            put(node, "score_routed", point.scoreRouted());
            put(node, "score_overall", point.scoreOverall());
        }
        map(findings, root);
        return root + System.lineSeparator();
    }

    private static void add(Findings findings, Standing row, ObjectNode node) {
        node.put("name", row.name());
        put(node, "accuracy", row.score());
        put(node, "stderr", row.error());
        put(node, "active_params_b", Figures.mean(row.tally().activeParamsB()));
        put(node, "cost_usd", Figures.mean(row.tally().usd()));
        put(node, "ms_per_prompt", row.timing().mean());
        put(node, "gain", row.gain());
        put(node, "gain_stderr", row.gainError());
        put(node, "gap_share", findings.gapShare(row));
        put(node, "gap_to_oracle", findings.score("oracle") - row.score());
        put(node, "usd_per_mtok", Figures.mean(row.tally().usdPerMtok()));
        put(node, "cost", row.tally().cost());
        put(node, "cost_share", findings.costShare(row.tally().cost()));
        put(
                node,
                "cost_share_at_best_single_score",
                findings.costShare(row.costAt(findings.score("best-single"))));
        put(node, "score_ece", row.scoreCalibration());
        put(node, "ms_p50", row.timing().middle());
        put(node, "ms_p99", row.timing().slow());
        put(node, "accuracy_ood", onOod(findings.set().test(), row.tally().scores()));
        ArrayNode curve = node.putArray("curve");
        row.curve()
                .forEach(point -> {
                    ObjectNode entry = curve.addObject();
                    put(entry, "cost", point.cost());
                    put(entry, "accuracy", point.score());
                });
    }

    private static void map(Findings findings, ObjectNode root) {
        ObjectNode map = root.putObject("map");
        put(map, "score", findings.limits().map().score());
        map.put("proven", findings.limits().map().proven());
        ArrayNode categories = map.putArray("categories");
        findings.limits()
                .map()
                .assignments()
                .forEach(assignment -> {
                    ObjectNode node = categories.addObject().put("category", assignment.category());
                    put(node, "share", assignment.share());
                    put(node, "score", assignment.estimate().score());
                    put(node, "stderr", assignment.estimate().error());
                    ArrayNode ranked = node.putArray("models");
                    assignment.ranked().forEach(ranked::add);
                    node.put("reason", assignment.reason());
                });
        ObjectNode uses = map.putObject("uses");
        findings.limits().map().uses().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(use -> put(uses, use.getKey().label(), use.getValue()));
        ArrayNode notes = map.putArray("notes");
        findings.limits().map().notes().forEach(notes::add);
        ObjectNode tradeoff = root.putObject("map_frontier");
        tradeoff.put("budget", findings.measure().label());
        ArrayNode points = tradeoff.putArray("points");
        findings.tradeoff()
                .forEach(point -> {
                    ObjectNode node = points.addObject();
                    put(node, "level", point.level());
                    put(node, "score", point.map().score());
                });
    }

    /** The mean over prompts of kinds that train lacks. */
    private static double onOod(List<RecordedPrompt> prompts, double[] scores) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < scores.length; i++) {
            if (prompts.get(i).unfamiliar()) {
                sum += scores[i];
                count++;
            }
        }
        return count == 0 ? Double.NaN : sum / count;
    }

    private static void put(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
            return;
        }
        node.putNull(name);
    }
}
