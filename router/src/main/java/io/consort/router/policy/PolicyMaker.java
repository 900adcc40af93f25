package io.consort.router.policy;

import io.consort.experts.Catalog;
import io.consort.experts.PolicySettings;
import io.consort.router.classify.Grown;
import io.consort.router.signal.Embedder;
import io.consort.router.signal.KeptEmbeddings;
import java.nio.file.Path;
import java.util.List;

/** Makes a catalog's policies: brings settings and artefacts together. Not thread-safe. */
public final class PolicyMaker {

    private final Catalog catalog;
    private final Embedder embedder;
    private final List<Grown> grown;
    private final LearnedMaker learned;
    private final DescriptorMaker descriptors;

    /**
     * @param grown what the classifier learned from besides the catalog's examples
     * @param embedder stays the caller's
     * @param artefacts folder for what was learned and written
     * @param scribe writes what is not there yet
     */
    public PolicyMaker(
            Catalog catalog, List<Grown> grown, Embedder embedder, Path artefacts, Scribe scribe) {
        this.catalog = catalog;
        this.embedder = embedder;
        this.grown = List.copyOf(grown);
        KeptEmbeddings embeddings = new KeptEmbeddings(artefacts, embedder);
        learned = new LearnedMaker(catalog, embeddings);
        descriptors =
                new DescriptorMaker(catalog, embeddings, new DescriptorStore(artefacts, scribe));
    }

    /**
     * The policy that is set up so; blocks while it learns.
     *
     * @throws ArtefactException when something that it needs is missing
     */
    public Policy make(PolicySettings settings) {
        return switch (settings) {
            case PolicySettings.Pinned pinned -> new PinnedPolicy(pinned);
            case PolicySettings.Mapped mapped ->
                    MappedPolicy.of(mapped, catalog, grown, embedder.id());
            case PolicySettings.Learned outcomes -> learned.make(outcomes);
            case PolicySettings.Descriptor descriptor -> descriptors.make(descriptor);
            case PolicySettings.Cascade cascade -> new CascadePolicy(cascade);
        };
    }
}
