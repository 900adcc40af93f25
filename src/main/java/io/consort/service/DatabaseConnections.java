package io.consort.service;

import io.consort.service.store.Database;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Owns the database of the running service. */
@ApplicationScoped
public class DatabaseConnections {

    private final Database database;

    /** Opens the database that is configured. */
    @Inject
    public DatabaseConnections(ConsortConfig config) throws SQLException {
        ConsortConfig.Database settings = config.database();
        database = Database.open(settings.url(), settings.user(), settings.password());
    }

    /** Connections to it. */
    @Produces
    @Singleton
    DataSource connections() {
        return database.connections();
    }

    @PreDestroy
    void close() {
        database.close();
    }
}
