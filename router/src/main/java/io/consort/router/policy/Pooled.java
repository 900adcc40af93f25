package io.consort.router.policy;

import io.consort.experts.Catalog;
import io.consort.experts.Expert;
import io.consort.experts.RecordedOutcomes;
import io.consort.router.outcomes.ModelFacts;
import io.consort.router.outcomes.OutcomeSet;
import io.consort.router.outcomes.Prospects;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The experts of a catalog that an outcome set tells of.
 *
 * @param models the index of every expert's model in the set; not changed after construction
 */
record Pooled(OutcomeSet set, List<Expert> experts, int[] models) {

    Pooled {
        experts = List.copyOf(experts);
    }

    /**
     * Reads a set.
     *
     * @throws IOException when there is none, or it tells of no expert; the message says so
     */
    static Pooled read(Catalog catalog, RecordedOutcomes outcomes) throws IOException {
        OutcomeSet set = Prospects.read(outcomes.folder());
        List<Expert> experts = new ArrayList<>();
        List<Integer> models = new ArrayList<>();
        for (int m = 0; m < set.models().size(); m++) {
            Optional<Expert> expert = catalog.expert(outcomes.expert(set.models().get(m).name()));
            if (expert.isPresent() && !experts.contains(expert.get())) {
                experts.add(expert.get());
                models.add(m);
            }
        }
        if (experts.isEmpty()) {
            List<String> names = set.models().stream().map(ModelFacts::name).toList();
            throw new IOException(
                    "it tells of %s, none of which is an expert here; say which is which with `experts: { %s: ... }`"
                            .formatted(String.join(", ", names), names.getFirst()));
        }
        return new Pooled(set, experts, models.stream().mapToInt(Integer::intValue).toArray());
    }

    /** The experts' ids. */
    List<String> ids() {
        return experts.stream().map(Expert::id).toList();
    }

    /** What a thousand requests to each expert cost, in USD. */
    double[] usd() {
        return RequestCosts.of(experts, models, set);
    }
}
