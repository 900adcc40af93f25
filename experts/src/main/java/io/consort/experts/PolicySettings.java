package io.consort.experts;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** How a routing policy is set up; the router knows how each kind decides. */
public sealed interface PolicySettings {

    /** The policy that serves {@code auto}. */
    String DEFAULT_ID = "default";

    /** Unique in its catalog. */
    String id();

    /** Every expert that the policy names. */
    List<String> experts();

    /** Every query goes to one expert. */
    record Pinned(String id, String expert) implements PolicySettings {
        public Pinned {
            Identifier.check("policies.id", id);
        }

        @Override
        public List<String> experts() {
            return List.of(expert);
        }
    }

    /**
     * The category's ranked experts answer, as in Composition of Experts.
     *
     * @param fallback the expert for queries of no category, and the last resort of all others;
     *     without one, a query of no category is answered with what the experts can do
     * @param abstainBelow the probability under which a classification counts as none, in [0, 1]
     * @param explore the share of queries that go to any of the category's experts, in [0, 1]
     * @param loadWithin how long an expert's weights may take to reach the device; one whose weights
     *     take longer is asked after those of its category that are nearer
     */
    record Mapped(
            String id,
            Optional<String> fallback,
            double abstainBelow,
            double explore,
            Optional<Duration> loadWithin)
            implements PolicySettings {
        public Mapped {
            Identifier.check("policies.id", id);
            share("policies.mapped.abstain-below", abstainBelow);
            share("policies.mapped.explore", explore);
        }

        /** A policy that never explores, and does not mind where weights are. */
        public Mapped(String id, Optional<String> fallback, double abstainBelow) {
            this(id, fallback, abstainBelow, 0, Optional.empty());
        }

        @Override
        public List<String> experts() {
            return fallback.stream().toList();
        }
    }

    /**
     * The expert answers that did best, or is expected to do best, on queries like this one whose
     * outcomes are recorded.
     *
     * @param fallback the last resort
     * @param thrift how much a dollar counts against a good answer; without it, cost does not count
     * @param explore the share of queries that go to any expert of the outcomes, in [0, 1]
     * @param loadCost points of score, from 0 to 1, that a second of waiting for an expert's weights
     *     must bring; 0 where that does not count
     */
    record Learned(
            String id,
            Method method,
            RecordedOutcomes outcomes,
            Optional<String> fallback,
            Optional<Thrift> thrift,
            double explore,
            double loadCost)
            implements PolicySettings {

        /** How outcomes of other queries become an expectation for this one. */
        public enum Method {
            /** From the most similar queries. */
            NEIGHBOURS,
            /** From the nearest clusters of queries. */
            CLUSTERS,
            /** By a linear function of the query's meaning and words. */
            LINEAR,
            /** From all of these and the category, weighted on held-out queries. */
            BLEND
        }

        public Learned {
            Identifier.check("policies.id", id);
            share("policies.explore", explore);
            share("policies.cost-aware.load-cost", loadCost);
        }

        @Override
        public List<String> experts() {
            return fallback.stream().toList();
        }
    }

    /**
     * The first expert answers; where its own answer is not confident, the next one does.
     *
     * @param experts the cheapest first, at least two
     * @param samples how many answers are compared with each other; absent, the probabilities of the
     *     answer's tokens are looked at
     * @param confidentAbove the confidence from which an answer is given, in [0, 1]: the geometric
     *     mean of its tokens' probabilities, or how far the samples agree
     */
    record Cascade(String id, List<String> experts, OptionalInt samples, double confidentAbove)
            implements PolicySettings {
        public Cascade {
            Identifier.check("policies.id", id);
            experts = List.copyOf(experts);
            if (experts.size() < 2 || experts.stream().distinct().count() < experts.size()) {
                throw new IllegalArgumentException(
                        "`policies.cascade.experts` must name at least two different experts, the"
                                + " cheapest first");
            }
            if (samples.isPresent() && (samples.getAsInt() < 2 || samples.getAsInt() > 10)) {
                throw new IllegalArgumentException(
                        "`policies.cascade.samples` must be 2 to 10, not " + samples.getAsInt());
            }
            share("policies.cascade.confident-above", confidentAbove);
        }
    }

    /**
     * The expert answers whose description is closest in meaning to the query, as GLIDER's global
     * router has it; where none is close, the fall-back does.
     *
     * @param writer the expert that describes the others, each in one sentence
     * @param explore the share of queries that go to any described expert, in [0, 1]
     */
    record Descriptor(String id, String writer, Optional<String> fallback, double explore)
            implements PolicySettings {
        public Descriptor {
            Identifier.check("policies.id", id);
            share("policies.descriptor.explore", explore);
        }

        @Override
        public List<String> experts() {
            return fallback.map(last -> List.of(writer, last)).orElse(List.of(writer));
        }
    }

    private static void share(String field, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(
                    "`%s` must be between 0 and 1, not %s".formatted(field, value));
        }
    }
}
