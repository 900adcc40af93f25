package io.consort.service.catalogs;

import io.consort.experts.catalog.CatalogFileException;
import io.consort.service.tenant.Bell;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Follows what other processes change: looks into the database when the bell rings and, since a bell
 * may not be heard, after every pause. A catalog that cannot be used here leaves the one before at
 * work. Thread-safe.
 */
public final class CatalogWatch implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(CatalogWatch.class.getName());
    private static final int LOOKS_BEFORE_A_RETRY = 30;

    private final CatalogKeeper catalogs;
    private final ScheduledExecutorService clockwork =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("catalog-watch").factory());
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final Map<String, Failure> failures = new ConcurrentHashMap<>();
    private final Bell.Listening listening;
    private boolean blind;

    /** A revision that could not be used; it is tried again when no looks are left. */
    private record Failure(long revision, int looksLeft) {}

    private CatalogWatch(CatalogKeeper catalogs, Bell bell) {
        this.catalogs = catalogs;
        this.listening = bell.listen(this::hear);
    }

    /** Puts every tenant's catalog to work, one after the other, and watches from then on. */
    public static CatalogWatch start(CatalogKeeper catalogs, Bell bell, Duration pause)
            throws SQLException {
        CatalogWatch watch = new CatalogWatch(catalogs, bell);
        catalogs.behind().forEach(watch::follow);
        var _ =
                watch.clockwork.scheduleWithFixedDelay(
                        watch::look, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    @Override
    public void close() {
        listening.close();
        clockwork.shutdownNow();
    }

    private void hear(Bell.Ring ring) {
        if (ring.topic().equals(Bell.CATALOG) || ring.topic().equals(Bell.TENANTS)) {
            try {
                clockwork.execute(this::look);
            } catch (RejectedExecutionException closed) {
                LOG.log(Level.FINE, "The bell rang behind the end", closed);
            }
        }
    }

    /** Never throws: what is scheduled would not come again. */
    private void look() {
        try {
            catalogs.behind().forEach(this::begin);
            blind = false;
        } catch (SQLException | RuntimeException failure) {
            if (!blind) {
                LOG.log(
                        Level.WARNING,
                        "The database cannot be asked for new catalogs; those at work stay",
                        failure);
            }
            blind = true;
        }
    }

    /** One tenant's catalog that takes long keeps no other waiting. */
    private void begin(String tenant, long revision) {
        Failure before = failures.get(tenant);
        if (before != null && before.revision() == revision && before.looksLeft() > 0) {
            failures.put(tenant, new Failure(revision, before.looksLeft() - 1));
            return;
        }
        if (busy.add(tenant)) {
            Thread.ofPlatform()
                    .daemon()
                    .name("catalog-of-" + tenant)
                    .start(() -> {
                        try {
                            follow(tenant, revision);
                        } finally {
                            busy.remove(tenant);
                        }
                    });
        }
    }

    private void follow(String tenant, long revision) {
        try {
            catalogs.follow(tenant);
            failures.remove(tenant);
        } catch (CatalogFileException | SQLException | RuntimeException failure) {
            failures.put(tenant, new Failure(revision, LOOKS_BEFORE_A_RETRY));
            LOG.log(
                    Level.SEVERE,
                    "Revision %d of the catalog of %s cannot be used here; the one before stays: %s"
                            .formatted(revision, tenant, failure.getMessage()));
        }
    }
}
