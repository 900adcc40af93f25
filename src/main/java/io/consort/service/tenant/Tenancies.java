package io.consort.service.tenant;

import io.consort.experts.Catalog;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All tenants at work, and the only way from a tenant's name to its experts. A tenant's catalog is
 * replaced at once: calls that begin afterwards see the new one, and those that run end with the old
 * one, whose experts are closed after the last of them. Thread-safe; finding takes no lock.
 */
public final class Tenancies implements AutoCloseable {

    private final Opener opener;
    private final Map<String, Seat> seats = new ConcurrentHashMap<>();
    private final Set<Tenancy> open = ConcurrentHashMap.newKeySet();

    /** Puts a catalog to work. */
    @FunctionalInterface
    public interface Opener {
        /**
         * A tenancy that is ready to answer; blocks until it is. When it throws, it has closed what it
         * opened.
         */
        Tenancy open(String tenant, Catalog catalog, long revision) throws SQLException;
    }

    /** Where a tenant's live tenancy sits; its lock is held by whoever exchanges it. */
    private static final class Seat {
        private volatile Optional<Tenancy> live = Optional.empty();
    }

    /** No tenants yet. */
    public Tenancies(Opener opener) {
        this.opener = opener;
    }

    /** The tenant's live tenancy, for looking at; whoever asks its experts takes a {@link #lease}. */
    public Optional<Tenancy> find(String tenant) {
        Seat seat = seats.get(tenant);
        return seat == null ? Optional.empty() : seat.live;
    }

    /** Every live tenancy, for looking at. */
    public List<Tenancy> live() {
        return seats.values().stream().flatMap(seat -> seat.live.stream()).toList();
    }

    /** The tenant's live tenancy, kept open until the lease is closed. */
    public Optional<Lease> lease(String tenant) {
        while (true) {
            Optional<Tenancy> live = find(tenant);
            if (live.isEmpty()) {
                return Optional.empty();
            }
            Optional<Lease> lease = live.get().lease();
            if (lease.isPresent()) {
                return lease;
            }
        }
    }

    /**
     * Puts a revision of a tenant's catalog to work; blocks until it is live. Does nothing when that
     * revision or a later one is live already. When it throws, what was live before stays so.
     *
     * @param revision grows with every change of the tenant's catalog
     */
    public void replace(String tenant, Catalog catalog, long revision) throws SQLException {
        replace(tenant, catalog, revision, () -> true);
    }

    /** Says whether a catalog that is ready may go to work. */
    @FunctionalInterface
    public interface Consent {
        /** Asked once; a false or a failure leaves what was live. */
        boolean given() throws SQLException;
    }

    /**
     * The same where somebody must consent, such as the database that keeps the revision.
     *
     * @return whether the revision went to work now
     */
    public boolean replace(String tenant, Catalog catalog, long revision, Consent consent)
            throws SQLException {
        Seat seat = seats.computeIfAbsent(tenant, _ -> new Seat());
        synchronized (seat) {
            if (seat.live.isPresent() && seat.live.get().revision() >= revision) {
                return false;
            }
            Tenancy next = opener.open(tenant, catalog, revision);
            boolean going = false;
            try {
                going = consent.given();
            } finally {
                if (!going) {
                    next.close();
                }
            }
            if (going) {
                open.removeIf(Tenancy::isClosed);
                open.add(next);
                exchange(seat, Optional.of(next));
            }
            return going;
        }
    }

    /** Takes a tenant out of work; calls that run end as usual. */
    public void remove(String tenant) {
        Seat seat = seats.get(tenant);
        if (seat != null) {
            synchronized (seat) {
                exchange(seat, Optional.empty());
            }
        }
    }

    /** Closes all experts, whoever still uses them; blocks until they are closed. */
    @Override
    public void close() {
        seats.keySet().forEach(this::remove);
        open.forEach(Tenancy::close);
    }

    private static void exchange(Seat seat, Optional<Tenancy> next) {
        Optional<Tenancy> before = seat.live;
        seat.live = next;
        before.ifPresent(Tenancy::leave);
    }
}
