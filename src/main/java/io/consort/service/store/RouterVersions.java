package io.consort.service.store;

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
import javax.sql.DataSource;

/** The routers that were trained, the newest of which is live. Thread-safe; every method blocks. */
public final class RouterVersions {

    /** The topic under which {@link Changes} of routers are noted. */
    public static final String TOPIC = "router";

    private final DataSource database;
    private final Clock clock;

    /**
     * A trained router.
     *
     * @param version from 1
     * @param examplesTo the id of the last added example that it knows, 0 where it knows none
     * @param report what was measured of it, as a JSON object
     */
    public record Version(int version, long examplesTo, String report, Instant created) {}

    /** The versions in this database. */
    public RouterVersions(DataSource database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The tenant's versions, the newest first. */
    public List<Version> of(String tenant) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement(
                                "select version, examples_to, report, created from router_versions"
                                        + " where tenant = ? order by version desc")) {
            select.setString(1, tenant);
            List<Version> versions = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    versions.add(
                            new Version(
                                    rows.getInt(1),
                                    rows.getLong(2),
                                    rows.getString(3),
                                    rows.getObject(4, OffsetDateTime.class).toInstant()));
                }
            }
            return versions;
        }
    }

    /** Adds a version, which is live from now on. */
    public Version add(String tenant, long examplesTo, String report) throws SQLException {
        List<Version> before = of(tenant);
        Version added =
                new Version(
                        before.isEmpty() ? 1 : before.getFirst().version() + 1,
                        examplesTo,
                        report,
                        clock.instant());
        return Transaction.run(
                database,
                connection -> {
                    insert(connection, tenant, added);
                    Changes.note(connection, TOPIC, tenant);
                    return added;
                });
    }

    private static void insert(Connection connection, String tenant, Version added)
            throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "insert into router_versions (tenant, version, examples_to, report, created)"
                                + " values (?, ?, ?, ?, ?)")) {
            insert.setString(1, tenant);
            insert.setInt(2, added.version());
            insert.setLong(3, added.examplesTo());
            insert.setString(4, added.report());
            insert.setObject(5, added.created().atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        }
    }
}
