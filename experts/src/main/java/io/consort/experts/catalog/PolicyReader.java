package io.consort.experts.catalog;

import io.consort.experts.PolicySettings;
import java.util.List;
import java.util.Optional;

/** Reads one policy of a catalog file. */
final class PolicyReader {

    static final List<String> KEYS = List.of("id", "pinned", "mapped");

    private static final double DEFAULT_ABSTAIN_BELOW = 0.5;

    private final References experts;

    PolicyReader(References experts) {
        this.experts = experts;
    }

    Optional<PolicySettings> read(Fields fields, String id) {
        boolean pinned = fields.value("pinned").isPresent();
        if (pinned == fields.value("mapped").isPresent()) {
            fields.problems()
                    .add(
                            fields.node(),
                            "the policy \"%s\" must be of exactly one kind".formatted(id),
                            "give either `pinned: { expert: ... }` or `mapped: { ... }`");
            return Optional.empty();
        }
        String named = CatalogReader.idOrAny(id);
        return pinned ? pinned(fields, named) : mapped(fields, named);
    }

    private Optional<PolicySettings> pinned(Fields policy, String id) {
        Fields fields = policy.mapping("pinned", List.of("expert")).orElseThrow();
        String expert = fields.requiredText("expert", "name the expert that answers everything");
        use(fields, "expert", expert);
        return CatalogReader.build(policy, () -> new PolicySettings.Pinned(id, expert));
    }

    private Optional<PolicySettings> mapped(Fields policy, String id) {
        Fields fields =
                policy.mapping("mapped", List.of("fallback", "abstain-below")).orElseThrow();
        Optional<String> fallback = fields.text("fallback");
        fallback.ifPresent(expert -> use(fields, "fallback", expert));
        double abstainBelow = fields.number("abstain-below").orElse(DEFAULT_ABSTAIN_BELOW);
        return CatalogReader.build(
                policy, () -> new PolicySettings.Mapped(id, fallback, abstainBelow));
    }

    private void use(Fields fields, String key, String expert) {
        if (!expert.isEmpty()) {
            fields.value(key).ifPresent(node -> experts.use(node, fields.path(key), expert));
        }
    }
}
