package io.consort.router.outcomes;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A policy that can be compared. */
enum Contender {
    /** The query's category decides. */
    MAPPED(Method.MAPPED),
    /** The nearest descriptor decides. */
    DESCRIPTOR(Method.DESCRIPTOR),
    /** The most similar queries decide. */
    NEIGHBOURS(Method.NEIGHBOURS),
    /** The nearest clusters decide. */
    CLUSTERS(Method.CLUSTERS),
    /** A linear function decides. */
    LINEAR(Method.LINEAR),
    /** Several of those together decide. */
    BLEND(Method.BLEND),
    /** The blend's forecast less a rate times the price decides. */
    COST_AWARE(Method.BLEND),
    /** A cheap model answers first, and the best single one where it was not sure. */
    CASCADE();

    private final Optional<Method> method;

    Contender(Method method) {
        this.method = Optional.of(method);
    }

    Contender() {
        this.method = Optional.empty();
    }

    /** What its expectations come from. */
    Optional<Method> method() {
        return method;
    }

    /** The name in options and reports. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** All names. */
    static String labels() {
        return Stream.of(values()).map(Contender::label).collect(Collectors.joining(", "));
    }

    /** The policy with this name. */
    static Contender named(String label) {
        return Arrays.stream(values())
                .filter(contender -> contender.label().equals(label))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "there is no policy '%s'; choose from %s"
                                        .formatted(label, labels())));
    }
}
