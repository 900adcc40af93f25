package io.consort.service.catalogs;

import io.consort.service.api.json.Json;
import io.consort.service.store.Audit;
import io.consort.service.store.Changes;
import io.consort.service.store.Tenants;
import io.consort.service.tenant.Bell;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The catalogs of all tenants, at every revision they had. The tenant's head is live; it moves forward
 * by one with every change and never back. Thread-safe, also between processes; every method blocks.
 */
public final class CatalogRevisions {

    private static final String UNIQUE_VIOLATION = "23505";
    private static final String COLUMNS =
            "r.revision, r.document, r.hash, r.author, r.note, r.created";

    private final DataSource database;
    private final Clock clock;

    /**
     * A catalog at one time.
     *
     * @param number from 1
     * @param document without secrets
     * @param hash SHA-256 of the document
     * @param author who made it
     * @param comment why, as its author says; may be empty
     */
    public record Revision(
            long number,
            String document,
            String hash,
            String author,
            String comment,
            Instant created) {}

    /**
     * What is to become a revision.
     *
     * @param secrets what was taken out of the document and is not stored yet, by fingerprint
     */
    public record Draft(
            CatalogDocument document, Map<String, String> secrets, Author author, String comment) {}

    /** The revisions in this database. */
    public CatalogRevisions(DataSource database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The tenant's live revision; empty before the first. */
    public Optional<Revision> head(String tenant) throws SQLException {
        return select(
                        "from catalog_heads h join catalog_revisions r on r.tenant = h.tenant"
                                + " and r.revision = h.revision where h.tenant = ?",
                        select -> select.setString(1, tenant))
                .stream()
                .findFirst();
    }

    /** One revision. */
    public Optional<Revision> find(String tenant, long number) throws SQLException {
        return select(
                        "from catalog_revisions r where r.tenant = ? and r.revision = ?",
                        select -> {
                            select.setString(1, tenant);
                            select.setLong(2, number);
                        })
                .stream()
                .findFirst();
    }

    /** The tenant's revisions below a number, the newest first. */
    public List<Revision> below(String tenant, long number, int most) throws SQLException {
        return select(
                "from catalog_revisions r where r.tenant = ? and r.revision < ?"
                        + " order by r.revision desc fetch first ? rows only",
                select -> {
                    select.setString(1, tenant);
                    select.setLong(2, number);
                    select.setInt(3, most);
                });
    }

    /** The live revision's number of every tenant that is served and has a catalog. */
    public Map<String, Long> heads() throws SQLException {
        Map<String, Long> heads = new HashMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement(
                                "select h.tenant, h.revision from catalog_heads h"
                                        + " join tenants t on t.id = h.tenant where t.state = ?")) {
            select.setString(1, Tenants.State.ACTIVE.label());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    heads.put(rows.getString(1), rows.getLong(2));
                }
            }
        }
        return heads;
    }

    /** The tenant's sealed secrets of all revisions, by fingerprint. */
    public Map<String, String> secrets(String tenant) throws SQLException {
        Map<String, String> secrets = new HashMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement(
                                "select fingerprint, sealed from sealed_secrets where tenant = ?")) {
            select.setString(1, tenant);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    secrets.put(rows.getString(1), rows.getString(2));
                }
            }
        }
        return secrets;
    }

    /**
     * Makes a draft the tenant's live revision, with its secrets: all or nothing.
     *
     * @param expected the number of the head that the draft follows, 0 for none
     * @return empty where the head is another
     */
    public Optional<Revision> add(String tenant, long expected, Draft draft) throws SQLException {
        Revision next =
                new Revision(
                        expected + 1,
                        draft.document().text(),
                        draft.document().hash(),
                        draft.author().name(),
                        draft.comment(),
                        clock.instant());
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            boolean done = false;
            try {
                if (moved(connection, tenant, expected, next)) {
                    keep(connection, tenant, draft.secrets(), next.created());
                    note(connection, tenant, draft, next);
                    connection.commit();
                    done = true;
                }
            } finally {
                if (!done) {
                    connection.rollback();
                }
                connection.setAutoCommit(true);
            }
            return done ? Optional.of(next) : Optional.empty();
        }
    }

    private static boolean moved(Connection connection, String tenant, long expected, Revision next)
            throws SQLException {
        try {
            insert(connection, tenant, next);
            if (expected == 0) {
                return update(
                                connection,
                                "insert into catalog_heads (revision, tenant) values (?, ?)",
                                next.number(),
                                tenant)
                        == 1;
            }
            return update(
                            connection,
                            "update catalog_heads set revision = ? where tenant = ? and revision = "
                                    + expected,
                            next.number(),
                            tenant)
                    == 1;
        } catch (SQLException failure) {
            if (UNIQUE_VIOLATION.equals(failure.getSQLState())) {
                return false;
            }
            throw failure;
        }
    }

    private static void insert(Connection connection, String tenant, Revision next)
            throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "insert into catalog_revisions (tenant, revision, document, hash, author, note, created)"
                                + " values (?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, tenant);
            insert.setLong(2, next.number());
            insert.setString(3, next.document());
            insert.setString(4, next.hash());
            insert.setString(5, next.author());
            insert.setString(6, next.comment());
            insert.setObject(7, next.created().atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        }
    }

    private static int update(Connection connection, String sql, long number, String tenant)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setLong(1, number);
            update.setString(2, tenant);
            return update.executeUpdate();
        }
    }

    private static void note(Connection connection, String tenant, Draft draft, Revision next)
            throws SQLException {
        byte[] detail =
                Json.write(out -> {
                    out.writeStartObject();
                    out.writeNumberField("revision", next.number());
                    out.writeStringField("hash", next.hash());
                    out.writeStringField("comment", next.comment());
                    out.writeEndObject();
                });
        Audit.note(
                connection,
                new Audit.Deed(
                        tenant,
                        draft.author().by(),
                        "catalog.change",
                        "revision " + next.number(),
                        new String(detail, StandardCharsets.UTF_8)),
                next.created());
        Changes.note(connection, Bell.CATALOG, tenant);
    }

    private static void keep(
            Connection connection, String tenant, Map<String, String> secrets, Instant now)
            throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "insert into sealed_secrets (tenant, fingerprint, sealed, created) values (?, ?, ?, ?)")) {
            for (Map.Entry<String, String> secret : secrets.entrySet()) {
                insert.setString(1, tenant);
                insert.setString(2, secret.getKey());
                insert.setString(3, secret.getValue());
                insert.setObject(4, now.atOffset(ZoneOffset.UTC));
                insert.executeUpdate();
            }
        }
    }

    /** Fills in a statement's parameters. */
    private interface Parameters {
        void set(PreparedStatement select) throws SQLException;
    }

    private List<Revision> select(String from, Parameters parameters) throws SQLException {
        List<Revision> revisions = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select " + COLUMNS + " " + from)) {
            parameters.set(select);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    revisions.add(
                            new Revision(
                                    rows.getLong(1),
                                    rows.getString(2),
                                    rows.getString(3),
                                    rows.getString(4),
                                    rows.getString(5),
                                    rows.getObject(6, OffsetDateTime.class).toInstant()));
                }
            }
        }
        return revisions;
    }
}
