package io.consort.experts;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A tenant's experts, categories, category map and policies at one revision. Immutable; a change
 * makes a new one.
 *
 * @param revision grows with every change
 * @param otherExamples queries that belong to no category, from which abstention is learned
 * @param map category to experts, the best first; empty until a plan was carried out
 * @param plan how the map is found, where it is not given
 * @param thrifty ids of the policies whose queries go to a cheaper expert where a limit keeps them
 *     from the one that was chosen; those of others are refused
 */
public record Catalog(
        long revision,
        List<Category> categories,
        List<String> otherExamples,
        List<Expert> experts,
        Map<String, List<String>> map,
        Optional<MapPlan> plan,
        List<PolicySettings> policies,
        Set<String> thrifty) {

    /** A new catalog whose map is given and whose limits refuse. */
    public Catalog(
            long revision,
            List<Category> categories,
            List<String> otherExamples,
            List<Expert> experts,
            Map<String, List<String>> map,
            List<PolicySettings> policies) {
        this(
                revision,
                categories,
                otherExamples,
                experts,
                map,
                Optional.empty(),
                policies,
                Set.of());
    }

    public Catalog {
        categories = List.copyOf(categories);
        otherExamples = List.copyOf(otherExamples);
        experts = List.copyOf(experts);
        map =
                map.entrySet().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        Map.Entry::getKey, entry -> List.copyOf(entry.getValue())));
        policies = List.copyOf(policies);
        thrifty = Set.copyOf(thrifty);
        Set<String> expertIds = unique("experts", experts, Expert::id);
        Set<String> categoryIds = unique("categories", categories, Category::id);
        unique("policies", policies, PolicySettings::id);
        map.forEach((category, ranked) -> {
            known("map", "category", category, categoryIds);
            ranked.forEach(expert -> known("map." + category, "expert", expert, expertIds));
        });
        for (PolicySettings policy : policies) {
            policy.experts()
                    .forEach(expert ->
                            known("policies." + policy.id(), "expert", expert, expertIds));
        }
    }

    /** The expert with this id. */
    public Optional<Expert> expert(String id) {
        return experts.stream().filter(expert -> expert.id().equals(id)).findFirst();
    }

    /** The policy with this id. */
    public Optional<PolicySettings> policy(String id) {
        return policies.stream().filter(policy -> policy.id().equals(id)).findFirst();
    }

    /** The same with other examples, of categories and of none. */
    public Catalog withExamples(List<Category> taught, List<String> others) {
        return new Catalog(revision, taught, others, experts, map, plan, policies, thrifty);
    }

    /** The same at another revision. */
    public Catalog at(long other) {
        return new Catalog(other, categories, otherExamples, experts, map, plan, policies, thrifty);
    }

    /** The same with each expert changed; ids stay. */
    public Catalog withExperts(UnaryOperator<Expert> change) {
        List<Expert> changed = experts.stream().map(change).toList();
        return new Catalog(
                revision, categories, otherExamples, changed, map, plan, policies, thrifty);
    }

    /** The same with a map that was found. */
    public Catalog withMap(Map<String, List<String>> found) {
        return new Catalog(
                revision, categories, otherExamples, experts, found, plan, policies, thrifty);
    }

    private static <T> Set<String> unique(String field, List<T> all, Function<T, String> id) {
        Set<String> seen = new HashSet<>();
        for (T one : all) {
            if (!seen.add(id.apply(one))) {
                throw new IllegalArgumentException(
                        "`%s` has the id \"%s\" twice; ids must be unique"
                                .formatted(field, id.apply(one)));
            }
        }
        return seen;
    }

    private static void known(String field, String kind, String id, Set<String> all) {
        if (!all.contains(id)) {
            throw new IllegalArgumentException(
                    "`%s` names the %s \"%s\", which is not in the catalog; known: %s"
                            .formatted(
                                    field,
                                    kind,
                                    id,
                                    String.join(", ", all.stream().sorted().toList())));
        }
    }
}
