package io.consort.service.store;

import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** The embedded database, in memory. */
public final class H2 {

    private H2() {}

    /** A new database with our tables. */
    public static Database fresh() throws SQLException {
        return Database.open(
                "jdbc:h2:mem:" + UUID.randomUUID(), Optional.empty(), Optional.empty());
    }
}
