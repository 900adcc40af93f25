package io.consort.router.outcomes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** Standings for people and for programs. */
final class StandingsText {

    private static final String END = System.lineSeparator();

    private StandingsText() {}

    static String table(OutcomeSet set, List<Standing> rows) {
        StringJoiner lines = new StringJoiner(END, "", END);
        lines.add(
                "%s: %d models, fitted on %d prompts, reported on %d"
                        .formatted(
                                set.name(),
                                set.models().size(),
                                set.train().size(),
                                set.test().size()));
        lines.add(
                "router                score %       +-    gain  active B  USD/Mtok  USD/prompt  ms/prompt");
        double single = rows.getFirst().accuracy();
        for (Standing row : rows) {
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "%-20s %8.2f %8.2f %+7.2f %s %s %s %s",
                            row.name(),
                            100 * row.accuracy(),
                            100 * row.stderr(),
                            100 * (row.accuracy() - single),
                            figure("%9.1f", row.activeParamsB()),
                            figure("%9.3f", row.usdPerMtok()),
                            figure("%11.6f", row.costUsd()),
                            figure("%10.3f", row.msPerPrompt())));
        }
        return lines.toString();
    }

    static String json(OutcomeSet set, List<Standing> rows) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("set", set.name());
        root.put("test", set.test().size());
        var list = root.putArray("rows");
        for (Standing row : rows) {
            ObjectNode node = list.addObject().put("name", row.name());
            put(node, "accuracy", row.accuracy());
            put(node, "stderr", row.stderr());
            put(node, "active_params_b", row.activeParamsB());
            put(node, "cost_usd", row.costUsd());
            put(node, "ms_per_prompt", row.msPerPrompt());
        }
        return root + END;
    }

    private static void put(ObjectNode node, String name, double value) {
        if (Double.isNaN(value)) {
            node.putNull(name);
        } else {
            node.put(name, value);
        }
    }

    private static String figure(String format, double value) {
        return Double.isNaN(value)
                ? String.format(format.replaceAll("\\..f", "s"), "-")
                : String.format(Locale.ROOT, format, value);
    }
}
