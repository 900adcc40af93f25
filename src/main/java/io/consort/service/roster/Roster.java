package io.consort.service.roster;

import io.consort.experts.Catalog;
import io.consort.experts.Expert;
import io.consort.experts.PolicySettings;
import io.consort.experts.chat.ChatExpert;
import io.consort.experts.chat.Message;
import io.consort.experts.chat.Whereabouts;
import io.consort.experts.guard.Circuit;
import io.consort.experts.guard.GuardedExpert;
import io.consort.experts.guard.Health;
import io.consort.router.Router;
import io.consort.router.policy.Decision;
import io.consort.router.policy.Foresight;
import io.consort.router.policy.Residency;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * A catalog at work: its experts are open and its router can decide. Thread-safe. Owns the experts;
 * the router's embedder is its maker's, and the router may be replaced at any time.
 */
public final class Roster implements AutoCloseable {

    /** What clients ask for to be routed by the default policy. */
    public static final String AUTO = "auto";

    /** What precedes a policy's id where clients ask for the policy. */
    public static final String POLICY_PREFIX = "consort/";

    /** The policy that is named where the client itself chose the expert. */
    private static final String DIRECT = "direct";

    private final Map<String, ChatExpert> experts;
    private final List<ChatExpert> housed;
    private final Map<String, PolicySettings> models;
    private volatile Router router;

    private Roster(
            Map<String, ChatExpert> experts, Map<String, PolicySettings> models, Router router) {
        this.experts = experts;
        this.housed =
                experts.values().stream()
                        .filter(expert -> expert.whereabouts().isPresent())
                        .toList();
        this.models = models;
        this.router = router;
    }

    /**
     * Opens every expert of a catalog, and then its router. When one of them does not open, the
     * others are closed.
     *
     * @param routing opens the router of the catalog, given the experts by their ids
     */
    public static Roster open(
            Catalog catalog,
            Function<Expert, ChatExpert> opener,
            Function<Map<String, ChatExpert>, Router> routing) {
        Map<String, ChatExpert> experts = new LinkedHashMap<>();
        try {
            for (Expert expert : catalog.experts()) {
                experts.put(expert.id(), opener.apply(expert));
            }
            return new Roster(
                    experts, models(catalog), routing.apply(Collections.unmodifiableMap(experts)));
        } catch (RuntimeException failure) {
            experts.values().forEach(ChatExpert::close);
            throw failure;
        }
    }

    /** What is at work. */
    public Catalog catalog() {
        return router.catalog();
    }

    /** Who decides now. */
    public Router router() {
        return router;
    }

    /**
     * Has another router decide from now on; what is decided already is answered as it was.
     *
     * @param next of a catalog with the same experts and policies
     */
    public void replace(Router next) {
        router = next;
    }

    /** The policy behind a request's {@code model}; naming an expert pins it. */
    public Optional<PolicySettings> policy(String model) {
        return Optional.ofNullable(models.get(model));
    }

    /** Everything that clients may name as a request's model: {@code auto}, policies, experts. */
    public Iterable<String> models() {
        return models.keySet();
    }

    /** An expert of the catalog, open. */
    public ChatExpert expert(String id) {
        ChatExpert expert = experts.get(id);
        if (expert == null) {
            throw new IllegalArgumentException("there is no expert " + id);
        }
        return expert;
    }

    /**
     * Who answers a query, given where weights are now and who has failed too often. Does not block;
     * see {@link Router#decide(PolicySettings, List, double, Residency)}.
     *
     * @param random in [0, 1), for policies that explore
     */
    public CompletionStage<Decision> decide(
            PolicySettings policy, List<Message> messages, double random) {
        return router.decide(policy, messages, random, residency()).thenApply(this::healthy);
    }

    private Residency residency() {
        if (housed.isEmpty()) {
            return Residency.NONE;
        }
        Map<String, Whereabouts> known = LinkedHashMap.newLinkedHashMap(housed.size());
        for (ChatExpert expert : housed) {
            expert.whereabouts().ifPresent(place -> known.put(expert.id(), place));
        }
        return new Residency(known);
    }

    /** A decision is about to be carried out: the weights of its second choice come nearer. */
    public void foresee(Decision decision) {
        if (!housed.isEmpty()) {
            Foresight.of(decision)
                    .ifPresent(next -> expert(next.expert()).foresee(next.probability()));
        }
    }

    /** How an expert has done lately; empty where it cannot be used at all. */
    public Optional<Health> health(String id) {
        return guarded(id).map(GuardedExpert::health);
    }

    /**
     * The decision with experts that are left alone, because they failed too often, asked last. The
     * order of a decision whose experts check each other stays.
     */
    private Decision healthy(Decision decision) {
        List<String> ranked = decision.experts();
        if (ranked.size() < 2
                || decision.escalation().isPresent()
                || ranked.stream().noneMatch(this::isOpen)) {
            return decision;
        }
        List<String> open = ranked.stream().filter(this::isOpen).toList();
        List<String> next = new ArrayList<>(ranked);
        next.removeAll(open);
        next.addAll(open);
        return next.equals(ranked)
                ? decision
                : decision.reordered(
                        next,
                        "%s failed too often lately and is asked last."
                                .formatted(String.join(", ", open)));
    }

    private boolean isOpen(String id) {
        return experts.get(id) instanceof SharedExperts.Hold hold
                && hold.guarded().circuit() == Circuit.OPEN;
    }

    private Optional<GuardedExpert> guarded(String id) {
        return experts.get(id) instanceof SharedExperts.Hold hold
                ? Optional.of(hold.guarded())
                : Optional.empty();
    }

    @Override
    public void close() {
        experts.values().forEach(ChatExpert::close);
    }

    /** What clients of a catalog may name as a request's {@code model}, and who decides then. */
    public static Map<String, PolicySettings> models(Catalog catalog) {
        Map<String, PolicySettings> models = new LinkedHashMap<>();
        catalog.policy(PolicySettings.DEFAULT_ID).ifPresent(policy -> models.put(AUTO, policy));
        catalog.policies().forEach(policy -> models.put(POLICY_PREFIX + policy.id(), policy));
        catalog.experts()
                .forEach(expert ->
                        models.put(expert.id(), new PolicySettings.Pinned(DIRECT, expert.id())));
        return Collections.unmodifiableMap(models);
    }
}
