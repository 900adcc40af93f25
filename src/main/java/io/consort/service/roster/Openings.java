package io.consort.service.roster;

import io.consort.experts.Expert;
import io.consort.experts.chat.ChatExpert;
import io.consort.experts.remote.RemoteExperts;
import io.consort.runtime.local.LocalExperts;
import io.consort.runtime.local.LocalReport;
import io.consort.runtime.weights.CheckpointException;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Opens experts of any source: remote ones over HTTP, local ones in this process. Owns what they
 * share. Thread-safe.
 */
public final class Openings implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Openings.class.getName());

    private final Vertx vertx;
    private final boolean ownsVertx;
    private volatile @Nullable LocalExperts locals;

    private Openings(Vertx vertx, boolean ownsVertx) {
        this.vertx = vertx;
        this.ownsVertx = ownsVertx;
    }

    /** Openings on a Vert.x of their own. */
    public static Openings create() {
        return new Openings(Vertx.vertx(), true);
    }

    /** Openings on the caller's Vert.x. */
    public static Openings on(Vertx vertx) {
        return new Openings(vertx, false);
    }

    /** The expert, open; the caller closes it before this. */
    public ChatExpert open(Expert expert) {
        return open("", expert);
    }

    private ChatExpert open(String owner, Expert expert) {
        return RemoteExperts.open(expert, vertx, local -> locals().open(local, owner));
    }

    /**
     * The expert, open; or, where its checkpoint cannot be used, one that refuses every call, so that
     * the others can serve. What is wrong is logged.
     *
     * @param tenant whose expert it is; local models keep what they computed for it from others
     */
    public ChatExpert openOrExplain(String tenant, Expert expert) {
        try {
            return open(tenant, expert);
        } catch (CheckpointException unusable) {
            LOG.log(
                    Level.WARNING,
                    "The expert \"{0}\" cannot answer until the service is started again: {1}",
                    new Object[] {expert.id(), unusable.getMessage()});
            return new UnusableExpert(expert.id());
        }
    }

    /** What runs inside this process; called by any thread. */
    public LocalReport report() {
        LocalExperts open = locals;
        return open == null
                ? new LocalReport("not asked: no expert of the catalog is local", List.of())
                : open.report();
    }

    /** The devices of local experts are opened together with the first of them. */
    private synchronized LocalExperts locals() {
        LocalExperts open = locals;
        if (open == null) {
            open = LocalExperts.start();
            locals = open;
            LOG.log(Level.INFO, "CUDA is {0}", open.report().cuda());
        }
        return open;
    }

    @Override
    public synchronized void close() {
        LocalExperts open = locals;
        if (open != null) {
            open.close();
        }
        if (ownsVertx) {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
