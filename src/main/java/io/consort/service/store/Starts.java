package io.consort.service.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Counts the services that are started on a database. */
public final class Starts {

    private Starts() {}

    /** One more than the last time, in whichever process that was; blocks. */
    public static long next(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            try {
                statement.executeUpdate("update service_starts set started = started + 1");
                try (ResultSet row = statement.executeQuery("select started from service_starts")) {
                    row.next();
                    long number = row.getLong(1);
                    connection.commit();
                    return number;
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }
}
