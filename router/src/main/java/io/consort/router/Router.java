package io.consort.router;

import io.consort.experts.Catalog;
import io.consort.experts.PolicySettings;
import io.consort.experts.chat.Message;
import io.consort.router.classify.Classification;
import io.consort.router.classify.Classifier;
import io.consort.router.classify.ClassifierStore;
import io.consort.router.classify.Growth;
import io.consort.router.classify.TrainingReport;
import io.consort.router.policy.Decision;
import io.consort.router.policy.Facts;
import io.consort.router.policy.MapPlanner;
import io.consort.router.policy.Policy;
import io.consort.router.policy.PolicyMaker;
import io.consort.router.policy.Residency;
import io.consort.router.policy.Scribe;
import io.consort.router.signal.Embedder;
import io.consort.router.signal.RoutedText;
import io.consort.router.signal.Signals;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides for one catalog. Immutable and thread-safe; a changed catalog needs a new router, and the
 * embedder is shared between them.
 */
public final class Router {

    private static final CompletionStage<Facts> NOTHING =
            CompletableFuture.completedStage(Facts.NONE);

    private final Catalog catalog;
    private final Embedder embedder;
    private final Optional<Classifier> classifier;
    private final Path artefacts;
    private final Scribe scribe;
    private final PolicyMaker maker;
    private final Map<String, Policy> policies = new LinkedHashMap<>();
    private final Map<PolicySettings, Policy> others = new ConcurrentHashMap<>();

    private Router(
            Catalog catalog,
            Embedder embedder,
            Optional<Classifier> classifier,
            Path artefacts,
            Scribe scribe) {
        this.catalog = catalog;
        this.embedder = embedder;
        this.classifier = classifier;
        this.artefacts = artefacts;
        this.scribe = scribe;
        this.maker =
                new PolicyMaker(
                        catalog,
                        classifier.map(Classifier::grown).orElse(List.of()),
                        embedder,
                        artefacts,
                        scribe);
        for (PolicySettings settings : catalog.policies()) {
            policies.put(settings.id(), maker.make(settings));
        }
    }

    /** A router for a catalog whose policies need nothing written. */
    public static Router open(Catalog catalog, Embedder embedder, Path artefacts) {
        return open(catalog, embedder, artefacts, Scribe.NOBODY);
    }

    /**
     * A router for the catalog. Takes its classifier from the folder where it was trained on the
     * same examples, and trains and stores it there otherwise; likewise what its policies need.
     * A map that is planned is found. Blocks meanwhile.
     *
     * @param embedder stays the caller's, who closes it after the last router
     * @param artefacts folder for what was learned; made where it is missing
     * @throws io.consort.router.policy.ArtefactException when something that a policy needs is
     *     missing
     */
    public static Router open(Catalog described, Embedder embedder, Path artefacts, Scribe scribe) {
        Catalog catalog = MapPlanner.apply(described);
        return new Router(
                catalog,
                embedder,
                new ClassifierStore(artefacts, embedder).classifier(catalog),
                artefacts,
                scribe);
    }

    /** A router that has learned from prompts without labels, and how that went. */
    public record Taught(Router router, Growth growth) {}

    /**
     * A router for the same catalog whose classifier has learned from prompts that nobody labelled;
     * from now on the folder of artefacts holds it as the catalog's. Blocks. See {@link
     * ClassifierStore#grow}.
     *
     * @throws IllegalArgumentException when no category has examples
     */
    public Taught taught(List<String> prompts) {
        Growth growth = new ClassifierStore(artefacts, embedder).grow(catalog, prompts);
        return new Taught(
                new Router(catalog, embedder, Optional.of(growth.classifier()), artefacts, scribe),
                growth);
    }

    /** How the training of the classifier went; empty where no category has examples. */
    public Optional<TrainingReport> training() {
        return classifier.map(Classifier::report);
    }

    /** The catalog that this router decides for. */
    public Catalog catalog() {
        return catalog;
    }

    /** The settings of the catalog's policy with this id. */
    public Optional<PolicySettings> policy(String id) {
        return Optional.ofNullable(policies.get(id)).map(Policy::settings);
    }

    /** The catalog's policies, in its order. */
    public Collection<Policy> policies() {
        return policies.values();
    }

    /** Who answers, without exploring, wherever weights are. */
    public CompletionStage<Decision> decide(PolicySettings policy, List<Message> messages) {
        return decide(policy, messages, Math.nextDown(1.0), Residency.NONE);
    }

    /**
     * Who answers. Does not block; a policy that asks nothing about the query has decided when this
     * returns.
     *
     * <p>When the query cannot be embedded, it goes to the policy's fall-back; without one the stage
     * fails with the embedder's exception.
     *
     * @param settings usually one of the catalog's policies; others must need nothing that is learned
     * @param random in [0, 1), for policies that explore
     * @param residency where weights are now
     */
    public CompletionStage<Decision> decide(
            PolicySettings settings, List<Message> messages, double random, Residency residency) {
        Policy policy = bound(settings);
        CompletionStage<Facts> facts =
                switch (policy.tier()) {
                    case BLIND, ANSWER -> NOTHING;
                    case CATEGORY -> classify(RoutedText.of(messages)).thenApply(Facts::of);
                    case MEANING -> meaning(RoutedText.of(messages));
                };
        return facts.thenApply(seen -> policy.decide(seen.at(residency), random))
                .exceptionallyCompose(failure ->
                        policy.undecided()
                                .map(CompletableFuture::completedStage)
                                .orElseGet(() -> CompletableFuture.failedStage(failure)))
                .thenApply(decision -> explained(decision, residency));
    }

    /** Says where the weights of the first choice are. */
    private static Decision explained(Decision decision, Residency residency) {
        return decision.experts().stream()
                .findFirst()
                .flatMap(residency::sentence)
                .map(decision::because)
                .orElse(decision);
    }

    private Policy bound(PolicySettings settings) {
        Policy known = policies.get(settings.id());
        return known != null && known.settings().equals(settings)
                ? known
                : others.computeIfAbsent(settings, maker::make);
    }

    /**
     * What the classifier makes of a text. Does not block; fails as the embedder fails. Without text
     * or without anything learned, the answer is {@link Classification#UNKNOWN}.
     */
    public CompletionStage<Classification> classify(String text) {
        if (classifier.isEmpty() || text.isBlank()) {
            return CompletableFuture.completedStage(Classification.UNKNOWN);
        }
        return classifier.get().classify(text, embedder);
    }

    /** Facts about a text, embedding included. Does not block; fails as the embedder fails. */
    public CompletionStage<Signals> signals(String text) {
        return embedder.embed(text).thenApply(embedding -> Signals.of(text, embedding));
    }

    private CompletionStage<Facts> meaning(String text) {
        return text.isBlank() ? NOTHING : signals(text).thenApply(Facts::of);
    }
}
