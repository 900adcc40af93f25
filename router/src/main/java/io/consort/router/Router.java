package io.consort.router;

import io.consort.experts.Catalog;
import io.consort.experts.PolicySettings;
import io.consort.experts.chat.Message;
import io.consort.router.classify.Classification;
import io.consort.router.classify.Classifier;
import io.consort.router.classify.ClassifierStore;
import io.consort.router.policy.Decision;
import io.consort.router.policy.Policies;
import io.consort.router.signal.Embedder;
import io.consort.router.signal.RoutedText;
import io.consort.router.signal.Signals;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Decides for one catalog. Immutable and thread-safe; a changed catalog needs a new router, and the
 * embedder is shared between them.
 */
public final class Router {

    private final Catalog catalog;
    private final Embedder embedder;
    private final Optional<Classifier> classifier;
    private final Map<String, PolicySettings> policies = new HashMap<>();
    private final Map<PolicySettings, CompletionStage<Decision>> pinned = new HashMap<>();

    private Router(Catalog catalog, Embedder embedder, Optional<Classifier> classifier) {
        this.catalog = catalog;
        this.embedder = embedder;
        this.classifier = classifier;
        for (PolicySettings policy : catalog.policies()) {
            policies.put(policy.id(), policy);
            if (policy instanceof PolicySettings.Pinned settings) {
                pinned.put(settings, CompletableFuture.completedStage(Policies.pinned(settings)));
            }
        }
    }

    /**
     * A router for the catalog. Takes its classifier from the folder where it was trained on the
     * same examples, and trains and stores it there otherwise; blocks meanwhile.
     *
     * @param embedder stays the caller's, who closes it after the last router
     * @param artefacts folder for trained classifiers; made where it is missing
     */
    public static Router open(Catalog catalog, Embedder embedder, Path artefacts) {
        return new Router(
                catalog, embedder, new ClassifierStore(artefacts, embedder).classifier(catalog));
    }

    /** The catalog that this router decides for. */
    public Catalog catalog() {
        return catalog;
    }

    /** The catalog's policy with this id. */
    public Optional<PolicySettings> policy(String id) {
        return Optional.ofNullable(policies.get(id));
    }

    /**
     * Who answers. Does not block; a policy that asks nothing about the query has decided when this
     * returns.
     *
     * <p>When the query cannot be embedded, it goes to the policy's fall-back; without one the stage
     * fails with the embedder's exception.
     *
     * @param policy usually one of the catalog's
     */
    public CompletionStage<Decision> decide(PolicySettings policy, List<Message> messages) {
        return switch (policy) {
            case PolicySettings.Pinned settings -> decide(settings);
            case PolicySettings.Mapped settings -> decide(settings, RoutedText.of(messages));
        };
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

    private CompletionStage<Decision> decide(PolicySettings.Pinned policy) {
        CompletionStage<Decision> known = pinned.get(policy);
        return known == null ? CompletableFuture.completedStage(Policies.pinned(policy)) : known;
    }

    private CompletionStage<Decision> decide(PolicySettings.Mapped policy, String text) {
        CompletionStage<Decision> decision =
                classify(text)
                        .thenApply(
                                classification -> Policies.mapped(policy, catalog, classification));
        return policy.fallback().isEmpty()
                ? decision
                : decision.exceptionally(_ -> Policies.unclassified(policy));
    }
}
