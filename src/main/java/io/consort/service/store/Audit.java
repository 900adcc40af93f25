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

/** Who changed what of a tenant. Thread-safe; every method blocks. */
public final class Audit {

    private static final int SUBJECT = 200;

    private final DataSource database;
    private final Clock clock;

    /**
     * A change.
     *
     * @param id grows with time
     * @param tenant whose thing was changed
     * @param actorTenant whose key changed it
     * @param actor the name of that key
     * @param action as in {@code key.revoke}
     * @param subject which thing
     * @param detail what it is now, as a JSON object without secrets
     */
    public record Entry(
            long id,
            String tenant,
            String actorTenant,
            long actorKey,
            String actor,
            String action,
            String subject,
            String detail,
            Instant created) {}

    /** What is changed, by whom. */
    public record Deed(
            String tenant, Principal actor, String action, String subject, String detail) {}

    /** The changes in this database. */
    public Audit(DataSource database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Writes a change down that was made. */
    public void note(Deed deed) throws SQLException {
        try (Connection connection = database.getConnection()) {
            note(connection, deed, clock.instant());
        }
    }

    /** Writes a change down in the transaction that makes it. */
    public static void note(Connection connection, Deed deed, Instant now) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "insert into audit (tenant, actor_tenant, actor_key, actor, action, subject,"
                                + " detail, created) values (?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, deed.tenant());
            insert.setString(2, deed.actor().tenant());
            insert.setLong(3, deed.actor().keyId());
            insert.setString(4, deed.actor().key());
            insert.setString(5, deed.action());
            String subject = deed.subject();
            insert.setString(
                    6, subject.length() <= SUBJECT ? subject : subject.substring(0, SUBJECT));
            insert.setString(7, deed.detail());
            insert.setObject(8, now.atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        }
    }

    /**
     * The tenant's changes, the newest first.
     *
     * @param before only those with smaller ids
     */
    public List<Entry> of(String tenant, long before, int most) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement(
                                "select id, actor_tenant, actor_key, actor, action, subject, detail,"
                                        + " created from audit where tenant = ? and id < ?"
                                        + " order by id desc limit ?")) {
            select.setString(1, tenant);
            select.setLong(2, before);
            select.setInt(3, most);
            List<Entry> entries = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    entries.add(
                            new Entry(
                                    rows.getLong(1),
                                    tenant,
                                    rows.getString(2),
                                    rows.getLong(3),
                                    rows.getString(4),
                                    rows.getString(5),
                                    rows.getString(6),
                                    rows.getString(7),
                                    rows.getObject(8, OffsetDateTime.class).toInstant()));
                }
            }
            return entries;
        }
    }
}
