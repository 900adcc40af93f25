package io.consort.service.training;

import io.consort.experts.Catalog;
import io.consort.router.Router;
import io.consort.router.evaluate.Rehearsal;
import io.consort.router.evaluate.Report;
import io.consort.router.signal.Embedder;
import io.consort.service.roster.Roster;
import io.consort.service.store.Examples;
import io.consort.service.store.Examples.Example;
import io.consort.service.store.RouterVersions;
import io.consort.service.store.RouterVersions.Version;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Trains a tenant's router anew, one training at a time, on a thread of its own. Requests are routed
 * by the router before until the new one is ready. Thread-safe.
 */
public final class RouterTraining implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(RouterTraining.class.getName());
    private static final int FOLDS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How far a training is. */
    public enum State {
        /** None runs. */
        IDLE,
        /** One runs. */
        RUNNING,
        /** The last one failed; the router before it goes on. */
        FAILED
    }

    /**
     * What is to be known of the training.
     *
     * @param step what is being done, or why it failed; empty when idle
     */
    public record Status(State state, String step) {}

    private final String tenant;
    private final Catalog catalog;
    private final Examples examples;
    private final RouterVersions versions;
    private final Roster roster;
    private final Embedder embedder;
    private final Function<Catalog, Router> opener;
    private final AtomicReference<Status> status =
            new AtomicReference<>(new Status(State.IDLE, ""));
    private final AtomicReference<Optional<Thread>> worker =
            new AtomicReference<>(Optional.empty());

    /**
     * The training of a tenant's router.
     *
     * @param catalog with the examples of its file alone
     * @param opener opens the router of a catalog with more examples
     */
    public RouterTraining(
            String tenant,
            Catalog catalog,
            Examples examples,
            RouterVersions versions,
            Roster roster,
            Embedder embedder,
            Function<Catalog, Router> opener) {
        this.tenant = tenant;
        this.catalog = catalog;
        this.examples = examples;
        this.versions = versions;
        this.roster = roster;
        this.embedder = embedder;
        this.opener = opener;
    }

    /** The catalog that the live version was trained on; blocks. */
    public static Catalog live(
            String tenant, Catalog catalog, Examples examples, RouterVersions versions)
            throws SQLException {
        List<Version> trained = versions.of(tenant);
        if (trained.isEmpty()) {
            return catalog;
        }
        long last = trained.getFirst().examplesTo();
        return Teaching.with(
                catalog,
                examples.of(tenant).stream().filter(example -> example.id() <= last).toList());
    }

    /** How far the training is. */
    public Status status() {
        return status.get();
    }

    /**
     * Begins to train on all examples that there are now; false when a training runs already.
     *
     * @param unlabelled prompts without labels; those that the router is sure of teach it too
     * @param ended run when this training is over, however it ended; not when none began
     */
    public boolean start(List<String> unlabelled, Runnable ended) {
        Status before = status.get();
        if (before.state() == State.RUNNING
                || !status.compareAndSet(before, new Status(State.RUNNING, "reading examples"))) {
            return false;
        }
        Thread thread =
                Thread.ofPlatform()
                        .name("router-training")
                        .daemon()
                        .unstarted(() -> run(unlabelled, ended));
        worker.set(Optional.of(thread));
        thread.start();
        return true;
    }

    /**
     * Has the newest version decide, where it was trained by another node or before the catalog was
     * replaced; blocks.
     */
    public void follow() throws SQLException {
        Catalog taught = live(tenant, catalog, examples, versions);
        Catalog now = roster.catalog();
        if (!taught.categories().equals(now.categories())
                || !taught.otherExamples().equals(now.otherExamples())) {
            roster.replace(opener.apply(taught));
        }
    }

    /** Waits for a training that runs, for half a minute at most. */
    @Override
    public void close() {
        worker.get()
                .ifPresent(thread -> {
                    try {
                        var _ = thread.join(PATIENCE);
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    private void run(List<String> unlabelled, Runnable ended) {
        try {
            List<Example> added = examples.of(tenant);
            Catalog taught = Teaching.with(catalog, added);
            step("cross-validation, fold 1 of " + FOLDS);
            Report report =
                    Rehearsal.of(
                            taught,
                            embedder,
                            FOLDS,
                            done ->
                                    step(
                                            "cross-validation, fold %d of %d"
                                                    .formatted(Math.min(done + 1, FOLDS), FOLDS)));
            step("training");
            Router labelled = opener.apply(taught);
            Optional<Router.Taught> grown = Optional.empty();
            if (!unlabelled.isEmpty()) {
                step("learning from prompts without labels");
                grown = Optional.of(labelled.taught(unlabelled));
            }
            Router router = grown.map(Router.Taught::router).orElse(labelled);
            Version version =
                    versions.add(
                            tenant,
                            added.isEmpty() ? 0 : added.getLast().id(),
                            TrainingReport.json(
                                    taught,
                                    report,
                                    new Rehearsal.Trained(
                                            router.training(), grown.map(Router.Taught::growth))));
            roster.replace(router);
            LOG.info("Version %d of the router is live".formatted(version.version()));
            status.set(new Status(State.IDLE, ""));
        } catch (SQLException | RuntimeException failure) {
            LOG.log(Level.WARNING, "The router could not be trained", failure);
            status.set(new Status(State.FAILED, String.valueOf(failure.getMessage())));
        } finally {
            ended.run();
        }
    }

    private void step(String step) {
        status.set(new Status(State.RUNNING, step));
    }
}
