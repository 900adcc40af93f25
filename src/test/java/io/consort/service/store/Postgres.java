package io.consort.service.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL server, started at first use and stopped with the tests. */
public final class Postgres {

    private static final AtomicInteger MADE = new AtomicInteger();

    private Postgres() {}

    /** The one server. */
    private static final class Server {
        private static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.start();
            } catch (IOException failure) {
                throw new UncheckedIOException("PostgreSQL does not start here", failure);
            }
        }
    }

    /** A new database with our tables. */
    public static Database fresh() throws SQLException {
        String name = "consort" + MADE.incrementAndGet();
        try (Connection connection = Server.RUNNING.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return Database.open(
                "jdbc:postgresql://127.0.0.1:%d/%s".formatted(Server.RUNNING.getPort(), name),
                Optional.of("postgres"),
                Optional.of("postgres"));
    }
}
