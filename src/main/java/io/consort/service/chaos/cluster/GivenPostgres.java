package io.consort.service.chaos.cluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** A part of its own of a PostgreSQL server that runs: a schema, which is removed in the end. */
public final class GivenPostgres implements DatabaseServer {

    private static final String PREFIX = "jdbc:postgresql:";
    private static final int USUAL_PORT = 5432;

    private final URI place;
    private final String schema;

    private GivenPostgres(URI place, String schema) {
        this.place = place;
        this.schema = schema;
    }

    /**
     * Makes a schema.
     *
     * @param url of JDBC, with {@code user} and {@code password} where they are needed
     * @param schema a name that nobody has
     * @throws IOException when the server does not let it
     */
    public static GivenPostgres at(String url, String schema) throws IOException {
        GivenPostgres server = new GivenPostgres(place(url), schema);
        server.execute("create schema " + schema);
        return server;
    }

    @Override
    public DatabaseAccess access() {
        String query = Optional.ofNullable(place.getRawQuery()).map(rest -> rest + "&").orElse("");
        return new DatabaseAccess(
                new InetSocketAddress(
                        place.getHost(), place.getPort() < 0 ? USUAL_PORT : place.getPort()),
                "%s?%scurrentSchema=%s".formatted(place.getRawPath(), query, schema),
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public boolean isOurs() {
        return false;
    }

    @Override
    public void stop() {
        throw new UnsupportedOperationException("somebody else's server");
    }

    @Override
    public void start() {
        throw new UnsupportedOperationException("somebody else's server");
    }

    @Override
    public void close() throws IOException {
        execute("drop schema %s cascade".formatted(schema));
    }

    private void execute(String sql) throws IOException {
        try (Connection connection = access().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IOException(
                    "%s: %s; --database needs the URL of a PostgreSQL where schemas may be made, such as jdbc:postgresql://127.0.0.1:5432/postgres?user=postgres"
                            .formatted(sql, failure.getMessage()),
                    failure);
        }
    }

    private static URI place(String url) throws IOException {
        try {
            URI place = new URI(url.startsWith(PREFIX) ? url.substring(PREFIX.length()) : "");
            if (place.getHost() != null && place.getRawPath().length() > 1) {
                return place;
            }
        } catch (URISyntaxException malformed) {
            // Told below, without what may be a password.
        }
        throw new IOException(
                "--database must be like jdbc:postgresql://host:5432/database?user=name&password=secret");
    }
}
