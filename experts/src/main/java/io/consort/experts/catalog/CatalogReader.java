package io.consort.experts.catalog;

import io.consort.experts.Catalog;
import io.consort.experts.Category;
import io.consort.experts.Expert;
import io.consort.experts.MapPlan;
import io.consort.experts.PolicySettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the document of a catalog file. */
final class CatalogReader {

    private static final List<String> KEYS =
            List.of("version", "categories", "others", "experts", "map", "policies");
    private static final List<String> CATEGORY_KEYS =
            Stream.concat(Stream.of("id", "description"), Examples.KEYS.stream()).toList();

    private final Fields root;
    private final Problems problems;
    private final Examples examples;
    private final ExpertReader expertReader;
    private final References categoryIds;
    private final References expertIds;
    private final References policyIds;
    private final Path folder;

    private CatalogReader(Fields root, Path folder, Map<String, String> environment) {
        this.root = root;
        this.folder = folder;
        problems = root.problems();
        examples = new Examples(folder);
        expertReader = new ExpertReader(folder, new Variables(environment));
        categoryIds = new References("category", problems);
        expertIds = new References("expert", problems);
        policyIds = new References("policy", problems);
    }

    /** The catalog; anything when there are problems. */
    static Optional<Catalog> read(
            Node root, Path folder, Map<String, String> environment, Problems problems) {
        return new CatalogReader(Fields.of(root, "", problems, KEYS), folder, environment).read();
    }

    private Optional<Catalog> read() {
        checkVersion();
        List<Category> categories = all("categories", CATEGORY_KEYS, categoryIds, this::category);
        List<String> others =
                root.mapping("others", Examples.KEYS).map(examples::of).orElse(List.of());
        List<Expert> experts = all("experts", ExpertReader.KEYS, expertIds, expertReader::read);
        boolean noneGiven = experts.isEmpty() && problems.count() == 0;
        if (noneGiven || root.value("experts").isEmpty()) {
            root.missing("experts", "describe at least one expert");
        }
        MapReader mapReader = new MapReader(categoryIds, expertIds, folder);
        Optional<MapPlan> plan = mapReader.plan(root);
        Map<String, List<String>> map = plan.isPresent() ? Map.of() : mapReader.given(root);
        PolicyReader policyReader = new PolicyReader(expertIds, experts, folder);
        List<PolicySettings> policies =
                all("policies", PolicyReader.KEYS, policyIds, policyReader::read);
        categoryIds.check();
        expertIds.check();
        if (problems.count() > 0) {
            return Optional.empty();
        }
        return build(
                root,
                () ->
                        new Catalog(
                                1,
                                categories,
                                others,
                                experts,
                                map,
                                plan,
                                policies,
                                policyReader.thrifty()));
    }

    private void checkVersion() {
        if (root.value("version").isEmpty()) {
            root.missing("version", "begin the file with `version: 1`");
            return;
        }
        root.text("version")
                .filter(version -> !version.equals("1"))
                .ifPresent(
                        version -> root.wrong("version", version, "this program reads version 1"));
    }

    /** Reads one element of a list, whose id is known; empty when it has problems. */
    private interface ElementReader<T> {
        Optional<T> read(Fields fields, String id);
    }

    private <T> List<T> all(
            String key, List<String> known, References ids, ElementReader<T> reader) {
        List<T> all = new ArrayList<>();
        for (Node node : root.list(key)) {
            Problems ignored = new Problems("");
            String id = Fields.of(node, key, ignored, List.of()).text("id").orElse("");
            String path = id.isEmpty() ? key : key + "." + id;
            int before = problems.count();
            Fields fields = Fields.of(node, path, problems, known);
            fields.requiredText("id", "give it one, such as `id: my-name`");
            if (!id.isEmpty()) {
                ids.define(fields.value("id").orElse(node), id);
            }
            Optional<T> element = reader.read(fields, id);
            if (problems.count() == before) {
                element.ifPresent(all::add);
            }
        }
        return all;
    }

    private Optional<Category> category(Fields fields, String id) {
        String description = fields.text("description").orElse("");
        List<String> queries = examples.of(fields);
        if (queries.isEmpty() && Examples.KEYS.stream().noneMatch(fields.values()::containsKey)) {
            fields.missing("examples", "give some queries of this kind, or an `examples-file`");
        }
        return build(fields, () -> new Category(idOrAny(id), description, queries));
    }

    /** What a constructor makes, or its complaint as a problem. */
    static <T> Optional<T> build(Fields fields, Supplier<T> constructor) {
        try {
            return Optional.of(constructor.get());
        } catch (IllegalArgumentException complaint) {
            fields.problems().add(blamed(fields, complaint), complaint);
            return Optional.empty();
        }
    }

    /** The value that a complaint is about, which names its field in the first backticks. */
    private static Node blamed(Fields fields, IllegalArgumentException complaint) {
        String[] parts = String.valueOf(complaint.getMessage()).split("`", 3);
        String path = parts.length == 3 ? parts[1] : "";
        return fields.value(path.substring(path.lastIndexOf('.') + 1))
                .or(() -> fields.value("id"))
                .orElse(fields.node());
    }

    /** A stand-in for an id whose absence is noted already. */
    static String idOrAny(String id) {
        return id.isEmpty() ? "any" : id;
    }
}
