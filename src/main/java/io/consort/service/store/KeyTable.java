package io.consort.service.store;

import io.consort.service.store.Audit.Deed;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The table of API keys. Changes are audited, told to other nodes, and known to this node's {@link
 * Keys} when a method returns. Thread-safe; every method blocks.
 */
public final class KeyTable {

    /** The topic under which {@link Changes} of keys are noted. */
    public static final String TOPIC = "keys";

    private static final String SELECT =
            "select id, tenant, name, prefix, role, limits, created, expires, revoked from keys"
                    + " where tenant = ?";
    private static final int SECRET_BYTES = 32;
    private static final int PREFIX = 9;

    private final DataSource database;
    private final Keys keys;
    private final SecureRandom random;
    private final Clock clock;

    /**
     * What is known of a key.
     *
     * @param prefix how the key begins; empty where that is not known
     * @param limits what it may use, as a JSON object
     */
    public record ApiKey(
            long id,
            String tenant,
            String name,
            String prefix,
            Role role,
            String limits,
            Instant created,
            Optional<Instant> expires,
            Optional<Instant> revoked) {}

    /** What a new key shall be. */
    public record Draft(
            String tenant, String name, Role role, Optional<Instant> expires, String limits) {}

    /**
     * A new key.
     *
     * @param secret the key itself, which is nowhere else
     */
    public record Made(ApiKey key, String secret) {
        @Override
        public String toString() {
            return key.toString();
        }
    }

    /** The keys in this database. */
    public KeyTable(DataSource database, Keys keys, SecureRandom random, Clock clock) {
        this.database = database;
        this.keys = keys;
        this.random = random;
        this.clock = clock;
    }

    /** The tenant's keys, the oldest first, revoked ones included. */
    public List<ApiKey> of(String tenant) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(SELECT + " order by id")) {
            select.setString(1, tenant);
            List<ApiKey> all = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    all.add(key(rows));
                }
            }
            return all;
        }
    }

    /** The tenant's key with this number. */
    public Optional<ApiKey> find(String tenant, long id) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return find(connection, tenant, id);
        }
    }

    /** Makes a key for a tenant that there is. */
    public Made create(Draft draft, Principal by) throws SQLException {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        String secret = "ck-" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        ApiKey made =
                Transaction.run(
                        database,
                        connection -> {
                            long id = insert(connection, draft, secret);
                            ApiKey key = find(connection, draft.tenant(), id).orElseThrow();
                            note(connection, key, "key.create", by);
                            return key;
                        });
        keys.load(database);
        return new Made(made, secret);
    }

    /** Changes what a key may use; empty when the tenant has no such key that is good. */
    public Optional<ApiKey> limit(String tenant, long id, String limits, Principal by)
            throws SQLException {
        return change(tenant, id, "limits = ?", limits, "key.limit", by);
    }

    /** Turns a key away for good; empty when the tenant has no such key that is good. */
    public Optional<ApiKey> revoke(String tenant, long id, Principal by) throws SQLException {
        return change(
                tenant,
                id,
                "revoked = ?",
                clock.instant().atOffset(ZoneOffset.UTC),
                "key.revoke",
                by);
    }

    private Optional<ApiKey> change(
            String tenant, long id, String what, Object value, String action, Principal by)
            throws SQLException {
        Optional<ApiKey> changed =
                Transaction.run(
                        database,
                        connection -> {
                            if (!update(connection, tenant, id, what, value)) {
                                return Optional.empty();
                            }
                            ApiKey key = find(connection, tenant, id).orElseThrow();
                            note(connection, key, action, by);
                            return Optional.of(key);
                        });
        keys.load(database);
        return changed;
    }

    private void note(Connection connection, ApiKey key, String action, Principal by)
            throws SQLException {
        String detail =
                "{\"prefix\":\"%s\",\"role\":\"%s\",\"limits\":%s}"
                        .formatted(key.prefix(), key.role().label(), key.limits());
        Audit.note(
                connection,
                new Deed(key.tenant(), by, action, key.name(), detail),
                clock.instant());
        Changes.note(connection, TOPIC, key.tenant());
    }

    private long insert(Connection connection, Draft draft, String secret) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "insert into keys (tenant, name, hash, created, role, prefix, expires, limits)"
                                + " values (?, ?, ?, ?, ?, ?, ?, ?)",
                        new String[] {"id"})) {
            insert.setString(1, draft.tenant());
            insert.setString(2, draft.name());
            insert.setBytes(3, keys.hash(secret));
            insert.setObject(4, clock.instant().atOffset(ZoneOffset.UTC));
            insert.setString(5, draft.role().label());
            insert.setString(6, secret.substring(0, PREFIX));
            insert.setObject(
                    7,
                    draft.expires().map(instant -> instant.atOffset(ZoneOffset.UTC)).orElse(null));
            insert.setString(8, draft.limits());
            insert.executeUpdate();
            return generated(insert);
        }
    }

    private static long generated(Statement insert) throws SQLException {
        try (ResultSet ids = insert.getGeneratedKeys()) {
            ids.next();
            return ids.getLong(1);
        }
    }

    private static boolean update(
            Connection connection, String tenant, long id, String what, Object value)
            throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement(
                        "update keys set %s where tenant = ? and id = ? and revoked is null"
                                .formatted(what))) {
            update.setObject(1, value);
            update.setString(2, tenant);
            update.setLong(3, id);
            return update.executeUpdate() == 1;
        }
    }

    private static Optional<ApiKey> find(Connection connection, String tenant, long id)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT + " and id = ?")) {
            select.setString(1, tenant);
            select.setLong(2, id);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(key(rows)) : Optional.empty();
            }
        }
    }

    private static ApiKey key(ResultSet row) throws SQLException {
        return new ApiKey(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                Role.named(row.getString(5)).orElseThrow(),
                row.getString(6),
                row.getObject(7, OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject(8, OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                Optional.ofNullable(row.getObject(9, OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }
}
