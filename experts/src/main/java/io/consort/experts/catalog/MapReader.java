package io.consort.experts.catalog;

import io.consort.experts.MapPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads a map: given category by category, or to be found from recorded outcomes. */
final class MapReader {

    private static final List<String> BUDGETS =
            List.of(
                    "hosted-parameters",
                    "active-parameters",
                    "usd-per-thousand-requests",
                    "latency",
                    "device-bytes");

    private final References categories;
    private final References experts;
    private final OutcomesReader outcomes;

    /**
     * @param folder from which relative paths are taken
     */
    MapReader(References categories, References experts, Path folder) {
        this.categories = categories;
        this.experts = experts;
        this.outcomes = new OutcomesReader(experts, folder);
    }

    /** How the map is found; empty where it is given, or where there is none. */
    Optional<MapPlan> plan(Fields root) {
        if (root.value("map")
                .flatMap(map -> Fields.of(map, "map", new Problems(""), List.of()).value("from"))
                .filter(ScalarNode.class::isInstance)
                .isEmpty()) {
            return Optional.empty();
        }
        Fields fields = root.mapping("map", List.of("from", "experts", "budget")).orElseThrow();
        Map<String, Double> budgets = new LinkedHashMap<>();
        fields.mapping("budget", BUDGETS)
                .ifPresent(given ->
                        given.values()
                                .keySet()
                                .forEach(name ->
                                        budget(given, name)
                                                .ifPresent(limit -> budgets.put(name, limit))));
        return Optional.of(new MapPlan(outcomes.read(fields, "from"), budgets));
    }

    private static Optional<Double> budget(Fields given, String name) {
        return switch (name) {
            case "hosted-parameters", "active-parameters" -> number(given.count(name));
            case "device-bytes" -> number(given.bytes(name));
            case "latency" -> given.duration(name).map(limit -> limit.toNanos() / 1e6);
            case "usd-per-thousand-requests" ->
                    given.number(name)
                            .filter(limit ->
                                    limit >= 0
                                            || given.wrong(
                                                            name,
                                                            limit.toString(),
                                                            "write 0 or more USD")
                                                    .isPresent());
            default -> Optional.empty();
        };
    }

    private static Optional<Double> number(OptionalLong count) {
        return count.isPresent() ? Optional.of((double) count.getAsLong()) : Optional.empty();
    }

    /** The map that is given; none where it is to be found. */
    Map<String, List<String>> given(Fields root) {
        Map<String, List<String>> map = new LinkedHashMap<>();
        root.mapping("map", List.of())
                .ifPresent(fields ->
                        fields.values()
                                .forEach((category, node) -> {
                                    String path = fields.path(category);
                                    categories.use(node, path, category);
                                    map.put(category, ranked(fields, node, path));
                                }));
        return map;
    }

    private List<String> ranked(Fields fields, Node node, String path) {
        List<String> ranked = new ArrayList<>();
        for (Node element : fields.list(node, path)) {
            fields.text(element, path)
                    .ifPresent(expert -> {
                        experts.use(element, path, expert);
                        ranked.add(expert);
                    });
        }
        return ranked;
    }
}
