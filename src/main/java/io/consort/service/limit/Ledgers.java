package io.consort.service.limit;

import io.consort.experts.Expert;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Every tenant's ledger, from the first time that somebody asks for it. Thread-safe. */
public final class Ledgers {

    private final LimitCounters shares;
    private final LongSupplier millis;
    private final Map<String, Ledger> ledgers = new ConcurrentHashMap<>();

    /**
     * Ledgers in which nothing is taken.
     *
     * @param millis since 1970
     */
    public Ledgers(LimitCounters shares, LongSupplier millis) {
        this.shares = shares;
        this.millis = millis;
    }

    /** The tenant's ledger. */
    public Ledger of(String tenant) {
        Ledger known = ledgers.get(tenant);
        return known != null
                ? known
                : ledgers.computeIfAbsent(tenant, id -> new Ledger(id, shares, millis));
    }

    /** Every ledger that there is. */
    public Collection<Ledger> all() {
        return ledgers.values();
    }

    /** Has a tenant's experts limited as its catalog says. */
    public void limitExperts(String tenant, Collection<Expert> experts) {
        of(tenant)
                .limitExperts(
                        experts.stream()
                                .collect(Collectors.toUnmodifiableMap(Expert::id, Expert::limits)));
    }
}
