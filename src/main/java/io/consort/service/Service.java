package io.consort.service;

import io.consort.experts.Catalog;
import io.consort.experts.catalog.CatalogFile;
import io.consort.experts.catalog.CatalogFileException;
import io.consort.router.Router;
import io.consort.router.signal.Embedder;
import io.consort.router.signal.minilm.MiniLmEmbedder;
import io.consort.service.api.Assembly;
import io.consort.service.api.chat.WarmUp;
import io.consort.service.roster.Openings;
import io.consort.service.roster.Roster;
import io.consort.service.roster.ShippedCatalog;
import io.consort.service.store.DataFolder;
import io.consort.service.store.Journal;
import io.consort.service.store.Keys;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Owns the parts of the running service, from before the first request until after the last. */
@ApplicationScoped
public class Service {

    private final Embedder embedder;
    private final Openings openings;
    private final Roster roster;
    private final Journal journal;
    private final Assembly assembly;
    private final Optional<String> freshKey;

    /** Opens everything. */
    @Inject
    public Service(
            ConsortConfig config,
            DataSource database,
            Flyway migrations,
            MeterRegistry registry,
            Vertx vertx)
            throws SQLException, CatalogFileException {
        DataFolder data = DataFolder.at(config.data());
        SecureRandom random = new SecureRandom();
        Clock clock = Clock.systemUTC();
        Catalog catalog = CatalogFile.read(catalog(config), System.getenv());
        migrations.migrate();
        Keys keys = new Keys(data.pepper(random));
        keys.load(database);
        freshKey =
                keys.isEmpty()
                        ? Optional.of(firstKey(keys, database, data, random, clock))
                        : Optional.empty();
        embedder = MiniLmEmbedder.open();
        openings = Openings.on(vertx);
        Router router = Router.open(catalog, embedder, data.artefacts());
        roster = Roster.open(router, openings::open);
        WarmUp.run(roster);
        journal = new Journal(database, data.journal(), config.journalLimit());
        assembly =
                new Assembly(keys, roster, embedder, journal, registry, clock, config.bodyLimit());
    }

    /** The key that this start made, where there was none before. */
    public Optional<String> freshKey() {
        return freshKey;
    }

    /** The experts that answer. */
    public Roster roster() {
        return roster;
    }

    void routes(@Observes io.vertx.ext.web.Router router) {
        assembly.api().mount(router);
    }

    /** Streams have ended by now; what they left is written. */
    void stop(@Observes ShutdownEvent event) {
        roster.close();
        openings.close();
        journal.close();
        embedder.close();
    }

    private static Path catalog(ConsortConfig config) {
        return config.catalog()
                .orElseGet(() ->
                        ShippedCatalog.in(
                                config.home().orElse(Path.of(System.getProperty("user.dir")))));
    }

    private static String firstKey(
            Keys keys, DataSource database, DataFolder data, SecureRandom random, Clock clock)
            throws SQLException {
        String key = keys.create(database, "first", random, clock);
        data.keepFirstKey(key);
        return key;
    }
}
