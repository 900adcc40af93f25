package io.consort.service.chaos.cluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceLoader;

/** A PostgreSQL server that nodes share. */
public interface DatabaseServer extends AutoCloseable {

    /** Where it listens. */
    InetSocketAddress address();

    /** What follows host and port in its JDBC URL, from the slash on. */
    String database();

    /** Who connects. */
    Optional<String> user();

    /** The secret of who connects. */
    Optional<String> password();

    /** Whether it may be stopped; otherwise nodes are cut off from it instead. */
    boolean isOurs();

    /** Stops it; only one of our own. */
    void stop() throws IOException, InterruptedException;

    /** Starts it again; blocks until it answers. */
    void start() throws IOException, InterruptedException;

    @Override
    void close() throws IOException;

    /** A connection to it. */
    default Connection connect() throws SQLException {
        Properties who = new Properties();
        user().ifPresent(user -> who.setProperty("user", user));
        password().ifPresent(word -> who.setProperty("password", word));
        // Not by DriverManager, which knows no drivers of the packaged program.
        for (Driver driver :
                ServiceLoader.load(Driver.class, DatabaseServer.class.getClassLoader())) {
            if (driver.acceptsURL(url(address()))) {
                return driver.connect(url(address()), who);
            }
        }
        throw new SQLException("This is no URL of PostgreSQL");
    }

    /** Its JDBC URL as if it listened there. */
    default String url(InetSocketAddress place) {
        return "jdbc:postgresql://%s:%d%s"
                .formatted(place.getHostString(), place.getPort(), database());
    }
}
