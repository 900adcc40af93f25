package io.consort.experts.catalog;

import io.consort.experts.Expert;
import io.consort.experts.ExpertSource;
import io.consort.experts.PolicySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.Node;

/** Reads one policy of a catalog file. */
final class PolicyReader {

    private static final List<String> KINDS =
            Stream.concat(
                            Stream.of("pinned", "mapped", "descriptor", "cascade"),
                            LearnedReader.KINDS.stream())
                    .toList();
    static final List<String> KEYS =
            Stream.concat(Stream.of("id", "over-limit"), KINDS.stream()).toList();

    private static final double DEFAULT_ABSTAIN_BELOW = 0.5;
    private static final double DEFAULT_CONFIDENT_ABOVE = 0.8;

    private final References experts;
    private final Set<String> silent;
    private final LearnedReader learned;
    private final Set<String> thrifty = new HashSet<>();

    /**
     * @param described the experts of the file
     * @param folder from which relative paths are taken
     */
    PolicyReader(References experts, List<Expert> described, Path folder) {
        this.experts = experts;
        this.silent =
                described.stream()
                        .filter(expert -> !tellsProbabilities(expert.source()))
                        .map(Expert::id)
                        .collect(Collectors.toUnmodifiableSet());
        this.learned = new LearnedReader(this, new OutcomesReader(experts, folder));
    }

    /** The policies read so far that prefer a cheaper expert to a refusal. */
    Set<String> thrifty() {
        return thrifty;
    }

    Optional<PolicySettings> read(Fields fields, String id) {
        switch (fields.text("over-limit").orElse("refuse")) {
            case "refuse" -> {}
            case "cheaper" -> thrifty.add(id);
            case String other -> fields.wrong("over-limit", other, "write `refuse` or `cheaper`");
        }
        List<String> given = KINDS.stream().filter(fields.values()::containsKey).toList();
        if (given.size() != 1) {
            fields.problems()
                    .add(
                            fields.node(),
                            "the policy \"%s\" must be of exactly one kind".formatted(id),
                            "give one of " + String.join(", ", KINDS));
            return Optional.empty();
        }
        String named = CatalogReader.idOrAny(id);
        return switch (given.getFirst()) {
            case "pinned" -> pinned(fields, named);
            case "mapped" -> mapped(fields, named);
            case "descriptor" -> descriptor(fields, named);
            case "cascade" -> cascade(fields, named);
            default -> learned.read(fields, given.getFirst(), named);
        };
    }

    private Optional<PolicySettings> pinned(Fields policy, String id) {
        Fields fields = policy.mapping("pinned", List.of("expert")).orElseThrow();
        String expert = fields.requiredText("expert", "name the expert that answers everything");
        use(fields, "expert", expert);
        return CatalogReader.build(policy, () -> new PolicySettings.Pinned(id, expert));
    }

    private Optional<PolicySettings> mapped(Fields policy, String id) {
        Fields fields =
                policy.mapping(
                                "mapped",
                                List.of("fallback", "abstain-below", "explore", "load-within"))
                        .orElseThrow();
        Optional<String> fallback = fallback(fields);
        double abstainBelow = fields.number("abstain-below").orElse(DEFAULT_ABSTAIN_BELOW);
        double explore = fields.number("explore").orElse(0.0);
        Optional<Duration> loadWithin = fields.duration("load-within");
        return CatalogReader.build(
                fields,
                () -> new PolicySettings.Mapped(id, fallback, abstainBelow, explore, loadWithin));
    }

    private Optional<PolicySettings> descriptor(Fields policy, String id) {
        Fields fields =
                policy.mapping("descriptor", List.of("writer", "fallback", "explore"))
                        .orElseThrow();
        String writer = fields.requiredText("writer", "name the expert that describes the others");
        use(fields, "writer", writer);
        Optional<String> fallback = fallback(fields);
        double explore = fields.number("explore").orElse(0.0);
        return CatalogReader.build(
                fields, () -> new PolicySettings.Descriptor(id, writer, fallback, explore));
    }

    private Optional<PolicySettings> cascade(Fields policy, String id) {
        Fields fields =
                policy.mapping("cascade", List.of("experts", "samples", "confident-above"))
                        .orElseThrow();
        if (fields.value("experts").isEmpty()) {
            fields.missing("experts", "list at least two, the cheapest first");
            return Optional.empty();
        }
        var samples = fields.integer("samples");
        List<String> ranked = ranked(fields, fields.value("samples").isEmpty());
        double confident = fields.number("confident-above").orElse(DEFAULT_CONFIDENT_ABOVE);
        return CatalogReader.build(
                fields, () -> new PolicySettings.Cascade(id, ranked, samples, confident));
    }

    /** All but the last must be able to tell how sure they are, where nobody compares samples. */
    private List<String> ranked(Fields fields, boolean byProbabilities) {
        List<String> ranked = new ArrayList<>();
        List<Node> elements = fields.list("experts");
        for (Node element : elements) {
            Optional<String> expert = fields.text(element, fields.path("experts"));
            expert.ifPresent(id -> {
                experts.use(element, fields.path("experts"), id);
                ranked.add(id);
            });
            if (byProbabilities
                    && !element.equals(elements.getLast())
                    && expert.filter(silent::contains).isPresent()) {
                fields.problems()
                        .add(
                                element,
                                "`%s` needs the log-probabilities of %s, whose provider gives none"
                                        .formatted(fields.path("experts"), expert.get()),
                                "compare samples instead: `samples: 3`");
            }
        }
        return ranked;
    }

    private static boolean tellsProbabilities(ExpertSource source) {
        return switch (source) {
            case ExpertSource.Local _, ExpertSource.OpenAi _ -> true;
            case ExpertSource.Anthropic _, ExpertSource.Gemini _ -> false;
        };
    }

    /** The expert of last resort. */
    Optional<String> fallback(Fields fields) {
        Optional<String> fallback = fields.text("fallback");
        fallback.ifPresent(expert -> use(fields, "fallback", expert));
        return fallback;
    }

    /** Notes that a field names an expert. */
    void use(Fields fields, String key, String expert) {
        if (!expert.isEmpty()) {
            fields.value(key).ifPresent(node -> experts.use(node, fields.path(key), expert));
        }
    }
}
