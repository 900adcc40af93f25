package io.consort.service.store;

import io.consort.service.store.Audit.Deed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;

/** The table of tenants. Changes are audited and told to other nodes. Thread-safe; every method blocks. */
public final class Tenants {

    /** The topic under which {@link Changes} of tenants are noted. */
    public static final String TOPIC = "tenants";

    private static final String SELECT = "select id, name, state, limits, created from tenants";

    private final DataSource database;
    private final Clock clock;

    /** Whether a tenant is served. */
    public enum State {
        /** It is. */
        ACTIVE,
        /** It is not for now. */
        SUSPENDED,
        /** It never will be again; what is recorded of it stays. */
        REMOVED;

        /** The name in the database and in messages. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A tenant.
     *
     * @param name for people
     * @param limits what it may use, as a JSON object
     */
    public record Tenant(String id, String name, State state, String limits, Instant created) {}

    /** What is to be changed of a tenant; the rest stays. */
    public record Change(Optional<String> name, Optional<State> state, Optional<String> limits) {}

    /** The tenants in this database. */
    public Tenants(DataSource database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** All tenants by their ids, removed ones included. */
    public List<Tenant> all() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(SELECT + " order by id");
                ResultSet rows = select.executeQuery()) {
            List<Tenant> all = new ArrayList<>();
            while (rows.next()) {
                all.add(tenant(rows));
            }
            return all;
        }
    }

    /** The tenant with this id. */
    public Optional<Tenant> find(String id) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return find(connection, id);
        }
    }

    /** Makes a tenant; empty when there is or was one with this id. */
    public Optional<Tenant> create(String id, String name, String limits, Principal by)
            throws SQLException {
        Tenant made = new Tenant(id, name, State.ACTIVE, limits, clock.instant());
        return Transaction.run(
                database,
                connection -> {
                    if (!insert(connection, made)) {
                        return Optional.empty();
                    }
                    note(connection, made, "tenant.create", by);
                    return Optional.of(made);
                });
    }

    /** Changes a tenant; empty when there is none or it is removed. */
    public Optional<Tenant> change(String id, Change change, Principal by) throws SQLException {
        return Transaction.run(
                database,
                connection -> {
                    Optional<Tenant> before = find(connection, id);
                    if (before.isEmpty() || before.get().state() == State.REMOVED) {
                        return Optional.empty();
                    }
                    Tenant after = changed(before.get(), change);
                    update(connection, after);
                    boolean removed = after.state() == State.REMOVED;
                    note(connection, after, removed ? "tenant.remove" : "tenant.change", by);
                    return Optional.of(after);
                });
    }

    private static Tenant changed(Tenant tenant, Change change) {
        return new Tenant(
                tenant.id(),
                change.name().orElse(tenant.name()),
                change.state().orElse(tenant.state()),
                change.limits().orElse(tenant.limits()),
                tenant.created());
    }

    private void note(Connection connection, Tenant tenant, String action, Principal by)
            throws SQLException {
        String detail =
                "{\"state\":\"%s\",\"limits\":%s}"
                        .formatted(tenant.state().label(), tenant.limits());
        Audit.note(
                connection,
                new Deed(tenant.id(), by, action, tenant.id(), detail),
                clock.instant());
        Changes.note(connection, TOPIC, tenant.id());
    }

    private static Optional<Tenant> find(Connection connection, String id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT + " where id = ?")) {
            select.setString(1, id);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(tenant(rows)) : Optional.empty();
            }
        }
    }

    private static Tenant tenant(ResultSet row) throws SQLException {
        return new Tenant(
                row.getString(1),
                row.getString(2),
                State.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
                row.getString(4),
                row.getObject(5, OffsetDateTime.class).toInstant());
    }

    private static boolean insert(Connection connection, Tenant tenant) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "insert into tenants (id, name, state, limits, created)"
                                + " select cast(? as varchar(63)), cast(? as varchar(200)), 'active',"
                                + " cast(? as text), cast(? as timestamp with time zone)"
                                + " where not exists (select 1 from tenants where id = ?)")) {
            insert.setString(1, tenant.id());
            insert.setString(2, tenant.name());
            insert.setString(3, tenant.limits());
            insert.setObject(4, tenant.created().atOffset(ZoneOffset.UTC));
            insert.setString(5, tenant.id());
            return insert.executeUpdate() == 1;
        }
    }

    private static void update(Connection connection, Tenant tenant) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement(
                        "update tenants set name = ?, state = ?, limits = ? where id = ?")) {
            update.setString(1, tenant.name());
            update.setString(2, tenant.state().label());
            update.setString(3, tenant.limits());
            update.setString(4, tenant.id());
            update.executeUpdate();
        }
    }
}
