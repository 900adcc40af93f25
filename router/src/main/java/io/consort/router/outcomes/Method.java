package io.consort.router.outcomes;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a policy learns from recorded outcomes what to expect of the models. */
enum Method {
    /** The query's category decides (Composition of Experts, 2024). */
    MAPPED,
    /** The descriptor that is nearest to the query decides (GLIDER, global router). */
    DESCRIPTOR,
    /** The most similar queries decide. */
    NEIGHBOURS,
    /** The nearest clusters of queries decide (Avengers, 2025). */
    CLUSTERS,
    /** A linear function of the query's meaning and words decides. */
    LINEAR,
    /** Several of the others together decide. */
    BLEND;

    /** The name in options and reports. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The method with this name. */
    static Method named(String label) {
        return Arrays.stream(values())
                .filter(method -> method.label().equals(label))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "there is no policy '%s'; choose from %s"
                                        .formatted(
                                                label,
                                                Arrays.stream(values())
                                                        .map(Method::label)
                                                        .collect(Collectors.joining(", ")))));
    }

    /** The policy that has learned from these queries; deterministic. */
    Forecast fit(List<Query> train) {
        return switch (this) {
            case MAPPED -> MappedForecast.fit(train);
            case DESCRIPTOR -> DescriptorForecast.fit(train);
            case NEIGHBOURS -> NeighboursForecast.fit(train);
            case CLUSTERS -> ClustersForecast.fit(train);
            case LINEAR -> LinearForecast.fit(train);
            case BLEND -> Blend.fit(train).forecast();
        };
    }
}
