package io.consort.service.store;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Work on the database that happens whole or not at all. */
public final class Transaction {

    private Transaction() {}

    /** Work with a connection, which stays the caller's. */
    @FunctionalInterface
    public interface Work<T> {
        /** Does it; what it throws undoes all of it. */
        T on(Connection connection) throws SQLException;
    }

    /** Does the work and commits it; blocks. */
    public static <T> T run(DataSource database, Work<T> work) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException failure) {
                connection.rollback();
                throw failure;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }
}
