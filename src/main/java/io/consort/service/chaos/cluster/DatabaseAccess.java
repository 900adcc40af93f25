package io.consort.service.chaos.cluster;

import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceLoader;

/**
 * How a database of PostgreSQL is reached.
 *
 * @param address where its server listens
 * @param path what follows host and port in its JDBC URL, from the slash on
 * @param user who connects, where the path does not say it
 * @param password the secret of who connects
 */
public record DatabaseAccess(
        InetSocketAddress address, String path, Optional<String> user, Optional<String> password) {

    /** A connection to it. */
    Connection connect() throws SQLException {
        Properties who = new Properties();
        user.ifPresent(name -> who.setProperty("user", name));
        password.ifPresent(word -> who.setProperty("password", word));
        // Not by DriverManager, which knows no drivers of the packaged program.
        for (Driver driver :
                ServiceLoader.load(Driver.class, DatabaseAccess.class.getClassLoader())) {
            if (driver.acceptsURL(url(address))) {
                return driver.connect(url(address), who);
            }
        }
        throw new SQLException("This is no URL of PostgreSQL");
    }

    /** Its JDBC URL as if it listened there. */
    String url(InetSocketAddress place) {
        return "jdbc:postgresql://%s:%d%s".formatted(place.getHostString(), place.getPort(), path);
    }
}
