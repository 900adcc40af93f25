package io.consort.service.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;

/** How often things of tenants were changed: what nodes that share a database follow each other by. */
public final class Changes {

    private Changes() {}

    /** A kind of thing of a tenant. */
    public record Thing(String topic, String tenant) {}

    /** Says, in the transaction that changes it, that a thing is not what it was. */
    public static void note(Connection connection, String topic, String tenant)
            throws SQLException {
        if (grow(connection, topic, tenant)) {
            return;
        }
        Savepoint before = connection.setSavepoint();
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "insert into changes (topic, tenant, revision) values (?, ?, 1)")) {
            insert.setString(1, topic);
            insert.setString(2, tenant);
            insert.executeUpdate();
        } catch (SQLException another) {
            // Another transaction made the row first.
            connection.rollback(before);
            if (!grow(connection, topic, tenant)) {
                throw another;
            }
        }
    }

    /** How often each thing was changed; blocks. */
    public static Map<Thing, Long> all(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select topic, tenant, revision from changes");
                ResultSet rows = select.executeQuery()) {
            Map<Thing, Long> all = new HashMap<>();
            while (rows.next()) {
                all.put(new Thing(rows.getString(1), rows.getString(2)), rows.getLong(3));
            }
            return all;
        }
    }

    private static boolean grow(Connection connection, String topic, String tenant)
            throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement(
                        "update changes set revision = revision + 1 where topic = ? and tenant = ?")) {
            update.setString(1, topic);
            update.setString(2, tenant);
            return update.executeUpdate() == 1;
        }
    }
}
