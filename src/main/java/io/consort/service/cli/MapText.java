package io.consort.service.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consort.router.map.Assignment;
import io.consort.router.map.Frontier;
import io.consort.router.map.MapResult;
import io.consort.router.map.Measure;
import io.consort.router.policy.MapPlanner;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A map for people and for programs.
 *
 * @param text with line breaks
 * @param json one object and a line break
 */
record MapText(String text, String json) {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A map that the catalog gives. */
    static MapText of(Map<String, List<String>> given) {
        StringBuilder text = new StringBuilder();
        ObjectNode json = JSON.createObjectNode().put("found", false);
        var list = json.putArray("categories");
        new TreeMap<>(given)
                .forEach((category, experts) -> {
                    text.append(
                            "%s: %s, as the catalog says%n"
                                    .formatted(category, String.join(", then ", experts)));
                    ObjectNode node = list.addObject().put("category", category);
                    experts.forEach(node.putArray("experts")::add);
                });
        return new MapText(text.toString(), json + "\n");
    }

    /** A map that was found. */
    static MapText of(MapPlanner.Found found) {
        MapResult.Best map = found.map();
        StringBuilder text = new StringBuilder();
        ObjectNode json = JSON.createObjectNode().put("found", true);
        json.put("score", map.score()).put("proven", map.proven());
        line(
                text,
                String.format(
                        Locale.ROOT,
                        "expected score %.4f%s",
                        map.score(),
                        map.proven()
                                ? ", and no map within the budgets scores more"
                                : "; time ran out before this was proven to be the best"));
        uses(found, text, json);
        var list = json.putArray("categories");
        for (Assignment one : map.assignments()) {
            line(
                    text,
                    String.format(
                            Locale.ROOT,
                            "%s (%.1f %% of the traffic): %s",
                            one.category(),
                            100 * one.share(),
                            String.join(", then ", one.ranked())));
            line(text, String.format(Locale.ROOT, "    %s", one.reason()));
            ObjectNode node =
                    list.addObject()
                            .put("category", one.category())
                            .put("share", one.share())
                            .put("score", one.estimate().score())
                            .put("error", one.estimate().error())
                            .put("reason", one.reason());
            one.ranked().forEach(node.putArray("experts")::add);
        }
        map.notes().forEach(note -> line(text, note));
        var notes = json.putArray("notes");
        map.notes().forEach(notes::add);
        ObjectNode frontiers = json.putObject("frontiers");
        found.problem().budgets().limits().keySet().stream()
                .sorted()
                .forEach(measure -> frontier(found, measure, text, frontiers));
        return new MapText(text.toString(), json + "\n");
    }

    private static void uses(MapPlanner.Found found, StringBuilder text, ObjectNode json) {
        ObjectNode uses = json.putObject("uses");
        found.map()
                .uses()
                .forEach((measure, use) -> {
                    uses.put(measure.label(), use);
                    found.problem()
                            .budgets()
                            .limit(measure)
                            .ifPresent(limit ->
                                    line(
                                            text,
                                            String.format(
                                                    Locale.ROOT,
                                                    "%s: uses %.4g of %.4g %s",
                                                    measure.label(),
                                                    use,
                                                    limit,
                                                    measure.unit())));
                });
    }

    private static void frontier(
            MapPlanner.Found found, Measure measure, StringBuilder text, ObjectNode frontiers) {
        line(text, String.format(Locale.ROOT, "what %s costs in score:", measure.label()));
        var points = frontiers.putArray(measure.label());
        var free = found.problem().with(found.problem().budgets().without(measure));
        for (Frontier.Point point : Frontier.of(free, measure, LIMIT)) {
            line(
                    text,
                    String.format(
                            Locale.ROOT,
                            "    %10.4g %s: %.4f",
                            point.level(),
                            measure.unit(),
                            point.map().score()));
            points.addObject().put("level", point.level()).put("score", point.map().score());
        }
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
