package io.consort.service;

import io.consort.experts.Limits;
import io.consort.service.api.ApiException;
import io.consort.service.api.json.LimitsJson;
import io.consort.service.limit.Holder;
import io.consort.service.limit.Ledgers;
import io.consort.service.limit.Reckoning;
import io.consort.service.store.Costs;
import io.consort.service.store.KeyTable;
import io.consort.service.store.Tenants;
import io.consort.service.store.Tenants.Tenant;
import io.consort.service.tenant.Bell;
import io.consort.service.tenant.Bell.Ring;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps ledgers in step with the limits in the database. Hears the {@link Bell}. What cannot be
 * followed is logged, and the limits before stay. Thread-safe.
 */
final class LimitKeeper implements Consumer<Ring> {

    private static final Logger LOG = Logger.getLogger(LimitKeeper.class.getName());

    private final Tenants tenants;
    private final KeyTable keys;
    private final Ledgers ledgers;

    /** A keeper of these ledgers. */
    LimitKeeper(Tenants tenants, KeyTable keys, Ledgers ledgers) {
        this.tenants = tenants;
        this.keys = keys;
        this.ledgers = ledgers;
    }

    /**
     * Sets every tenant's limits, and what was spent on this day and in this month before; blocks. Once
     * only, before the first request.
     */
    void begin(Costs costs) throws SQLException {
        for (Tenant tenant : tenants.all()) {
            apply(tenant.id());
        }
        for (Costs.Cost cost : costs.byKey()) {
            spent(Holder.KEY, cost);
            spent(Holder.TENANT, cost);
        }
        for (Costs.Cost cost : costs.byExpert()) {
            spent(Holder.EXPERT, cost);
        }
    }

    @Override
    public void accept(Ring ring) {
        switch (ring.topic()) {
            case Bell.KEYS, Bell.TENANTS, Bell.LIMITS -> {
                try {
                    apply(ring.tenant());
                } catch (SQLException failure) {
                    LOG.log(
                            Level.SEVERE,
                            "Limits of the tenant %s are as before".formatted(ring.tenant()),
                            failure);
                }
            }
            default -> {}
        }
    }

    private synchronized void apply(String tenant) throws SQLException {
        Optional<Tenant> known = tenants.find(tenant);
        if (known.isEmpty()) {
            return;
        }
        Map<String, Limits> limits = new HashMap<>();
        for (KeyTable.ApiKey key : keys.of(tenant)) {
            if (key.revoked().isEmpty()) {
                limits.put(Long.toString(key.id()), parsed(tenant, key.limits()));
            }
        }
        ledgers.of(tenant).limit(parsed(tenant, known.get().limits()), limits);
    }

    private static Limits parsed(String tenant, String json) {
        try {
            return LimitsJson.parse(json);
        } catch (ApiException malformed) {
            LOG.log(
                    Level.WARNING,
                    "Limits of the tenant {0} are left out: {1}",
                    new Object[] {tenant, malformed.getMessage()});
            return Limits.NONE;
        }
    }

    private void spent(Holder holder, Costs.Cost cost) {
        ledgers.of(cost.tenant())
                .spentBefore(
                        holder,
                        cost.name(),
                        Reckoning.nano(cost.day()),
                        Reckoning.nano(cost.month()));
    }
}
