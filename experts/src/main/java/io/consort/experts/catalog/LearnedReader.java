package io.consort.experts.catalog;

import io.consort.experts.PolicySettings;
import io.consort.experts.PolicySettings.Learned.Method;
import io.consort.experts.RecordedOutcomes;
import io.consort.experts.Thrift;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads a policy that learns from recorded outcomes. */
final class LearnedReader {

    private static final String COST_AWARE = "cost-aware";
    private static final String USD = "usd-per-thousand-requests";
    private static final List<String> METHODS =
            List.of("neighbours", "clusters", "linear", "blend");

    static final List<String> KINDS =
            List.of("neighbours", "clusters", "linear", "blend", COST_AWARE);

    private final PolicyReader policies;
    private final OutcomesReader outcomes;

    LearnedReader(PolicyReader policies, OutcomesReader outcomes) {
        this.policies = policies;
        this.outcomes = outcomes;
    }

    Optional<PolicySettings> read(Fields policy, String kind, String id) {
        boolean thrifty = kind.equals(COST_AWARE);
        Fields fields =
                policy.mapping(
                                kind,
                                thrifty
                                        ? List.of(
                                                "outcomes",
                                                "experts",
                                                "fallback",
                                                "explore",
                                                "by",
                                                "lambda",
                                                "budget",
                                                "load-cost")
                                        : List.of("outcomes", "experts", "fallback", "explore"))
                        .orElseThrow();
        Method method = method(thrifty ? by(fields) : kind);
        RecordedOutcomes recorded = outcomes.read(fields, "outcomes");
        Optional<String> fallback = policies.fallback(fields);
        Optional<Thrift> thrift = thrifty ? thrift(fields) : Optional.empty();
        double explore = fields.number("explore").orElse(0.0);
        double loadCost = thrifty ? fields.number("load-cost").orElse(0.0) : 0;
        return CatalogReader.build(
                fields,
                () ->
                        new PolicySettings.Learned(
                                id, method, recorded, fallback, thrift, explore, loadCost));
    }

    private static String by(Fields fields) {
        String by = fields.text("by").orElse("blend");
        if (METHODS.contains(by)) {
            return by;
        }
        fields.wrong("by", by, NearestWord.remedy(by, METHODS));
        return "blend";
    }

    private static Method method(String name) {
        return Method.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static Optional<Thrift> thrift(Fields fields) {
        Optional<Double> lambda = fields.number("lambda");
        Optional<Double> budget =
                fields.mapping("budget", List.of(USD)).flatMap(given -> given.number(USD));
        if (fields.value("lambda").isPresent() == fields.value("budget").isPresent()) {
            fields.problems()
                    .add(
                            fields.node(),
                            "`%s` must say what money counts, once".formatted(fields.path()),
                            "give either `budget: { %s: 0.5 }` or `lambda: 0.1`".formatted(USD));
        }
        return lambda.isPresent()
                ? CatalogReader.build(fields, () -> new Thrift.Rate(lambda.get()))
                : budget.flatMap(usd -> CatalogReader.build(fields, () -> new Thrift.Budget(usd)));
    }
}
