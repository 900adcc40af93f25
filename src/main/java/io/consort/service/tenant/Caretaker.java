package io.consort.service.tenant;

import io.consort.service.store.Keys;
import io.consort.service.store.Tenants;
import io.consort.service.store.Tenants.State;
import io.consort.service.store.Tenants.Tenant;
import io.consort.service.tenant.Bell.Ring;
import io.consort.service.tenant.Catalogs.Revised;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Keeps what is at work in this process in step with the database: keys, tenants, their catalogs and
 * their routers. Hears the {@link Bell}. What cannot be followed is logged, and what was at work
 * before goes on. Thread-safe.
 */
public final class Caretaker implements Consumer<Ring> {

    private static final Logger LOG = Logger.getLogger(Caretaker.class.getName());

    private final DataSource database;
    private final Keys keys;
    private final Tenants tenants;
    private final Catalogs catalogs;
    private final Tenancies tenancies;

    /** A caretaker of these. */
    public Caretaker(
            DataSource database,
            Keys keys,
            Tenants tenants,
            Catalogs catalogs,
            Tenancies tenancies) {
        this.database = database;
        this.keys = keys;
        this.tenants = tenants;
        this.catalogs = catalogs;
        this.tenancies = tenancies;
    }

    /** Puts every tenant to work that is to be served; blocks. */
    public void begin() throws SQLException {
        for (Tenant tenant : tenants.all()) {
            accept(new Ring(Bell.TENANTS, tenant.id()));
        }
    }

    @Override
    public void accept(Ring ring) {
        try {
            switch (ring.topic()) {
                case Bell.KEYS -> keys.load(database);
                case Bell.TENANTS -> {
                    keys.load(database);
                    serve(ring.tenant());
                }
                case Bell.CATALOG -> serve(ring.tenant());
                case Bell.ROUTER -> follow(ring.tenant());
                default -> {}
            }
        } catch (SQLException | RuntimeException failure) {
            LOG.log(
                    Level.SEVERE,
                    "The change of %s of the tenant %s is not at work"
                            .formatted(ring.topic(), ring.tenant()),
                    failure);
        }
    }

    private void serve(String tenant) throws SQLException {
        Optional<Tenant> known = tenants.find(tenant);
        if (known.isEmpty() || known.get().state() != State.ACTIVE) {
            tenancies.remove(tenant);
            return;
        }
        Revised head = catalogs.head(tenant);
        tenancies.replace(tenant, head.catalog(), head.revision());
    }

    private void follow(String tenant) throws SQLException {
        Optional<Lease> lease = tenancies.lease(tenant);
        if (lease.isPresent()) {
            try (Lease held = lease.get()) {
                held.tenancy().training().follow();
            }
        }
    }
}
