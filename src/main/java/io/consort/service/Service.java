package io.consort.service;

import io.consort.experts.Catalog;
import io.consort.experts.catalog.CatalogFile;
import io.consort.experts.catalog.CatalogFileException;
import io.consort.router.signal.Embedder;
import io.consort.router.signal.minilm.MiniLmEmbedder;
import io.consort.service.api.Assembly;
import io.consort.service.api.Doors;
import io.consort.service.api.tenants.Books;
import io.consort.service.roster.Openings;
import io.consort.service.roster.ShippedCatalog;
import io.consort.service.store.Audit;
import io.consort.service.store.DataFolder;
import io.consort.service.store.Decisions;
import io.consort.service.store.Examples;
import io.consort.service.store.Journal;
import io.consort.service.store.KeyTable;
import io.consort.service.store.KeyTable.Draft;
import io.consort.service.store.Keys;
import io.consort.service.store.Principal;
import io.consort.service.store.Role;
import io.consort.service.store.RouterVersions;
import io.consort.service.store.Tenants;
import io.consort.service.store.Usages;
import io.consort.service.tenant.Bell;
import io.consort.service.tenant.Caretaker;
import io.consort.service.tenant.Catalogs;
import io.consort.service.tenant.ChangeWatch;
import io.consort.service.tenant.LocalBell;
import io.consort.service.tenant.Tenancies;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** Owns the parts of the running service, from before the first request until after the last. */
@ApplicationScoped
public class Service {

    private final Keys keys;
    private final Embedder embedder;
    private final Openings openings;
    private final Tenancies tenancies;
    private final Bell bell = new LocalBell();
    private final ChangeWatch watch;
    private final Journal journal;
    private final Assembly assembly;
    private final Doors doors = new Doors();
    private final Optional<String> freshKey;

    /** Opens everything. */
    @Inject
    public Service(ConsortConfig config, DataSource database, MeterRegistry registry, Vertx vertx)
            throws SQLException, CatalogFileException {
        DataFolder data = DataFolder.at(config.data());
        SecureRandom random = new SecureRandom();
        Clock clock = Clock.systemUTC();
        Catalog catalog = CatalogFile.read(catalog(config), System.getenv());
        keys = new Keys(data.pepper(random), clock);
        watch = ChangeWatch.start(database, bell, ChangeWatch.PAUSE);
        keys.load(database);
        Tenants tenants = new Tenants(database, clock);
        KeyTable table = new KeyTable(database, keys, random, clock);
        freshKey = keys.isEmpty() ? Optional.of(firstKey(tenants, table, data)) : Optional.empty();
        embedder = MiniLmEmbedder.open();
        openings = Openings.on(vertx);
        Examples examples = new Examples(database, clock);
        RouterVersions versions = new RouterVersions(database, clock);
        tenancies =
                new Tenancies(
                        new TenancyOpener(
                                openings, embedder, examples, versions, data.artefacts()));
        tenancies.replace(Keys.DEFAULT_TENANT, catalog, 0);
        Caretaker caretaker = new Caretaker(database, keys, tenants, filed(catalog), tenancies);
        var _ = bell.listen(caretaker);
        caretaker.begin();
        journal = new Journal(database, data.journal(), config.journalLimit());
        assembly =
                new Assembly(
                        keys,
                        tenancies,
                        new Assembly.Teaching(examples, versions),
                        new Books(
                                tenants,
                                table,
                                new Audit(database),
                                new Usages(database),
                                new Decisions(database),
                                bell),
                        openings::report,
                        embedder,
                        journal,
                        registry,
                        clock,
                        config.bodyLimit(),
                        doors);
    }

    /** The key that this start made, where there was none before. */
    public Optional<String> freshKey() {
        return freshKey;
    }

    /** Who may call. */
    public Keys keys() {
        return keys;
    }

    /** The tenants at work. */
    public Tenancies tenancies() {
        return tenancies;
    }

    /** Rings when something of a tenant was changed. */
    public Bell bell() {
        return bell;
    }

    /** Whether changes of other nodes are seen; otherwise this one serves from what it knows. */
    public boolean followsChanges() {
        return watch.isReachable();
    }

    void routes(@Observes io.vertx.ext.web.Router router) {
        assembly.api().mount(router);
    }

    /** Answers that are under way go on, and no others begin. */
    void closeDoors(@Observes ShutdownDelayInitiatedEvent event) {
        doors.close();
    }

    /** Streams have ended by now; what they left is written. */
    void stop(@Observes ShutdownEvent event) {
        watch.close();
        tenancies.close();
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

    /** The first tenant's catalog comes from the file, and others have none. */
    private static Catalogs filed(Catalog catalog) {
        Catalog none = new Catalog(0, List.of(), List.of(), List.of(), Map.of(), List.of());
        return tenant ->
                new Catalogs.Revised(tenant.equals(Keys.DEFAULT_TENANT) ? catalog : none, 0);
    }

    private static String firstKey(Tenants tenants, KeyTable table, DataFolder data)
            throws SQLException {
        var _ = tenants.create(Keys.DEFAULT_TENANT, Keys.DEFAULT_TENANT, "{}", Principal.SERVICE);
        Draft draft = new Draft(Keys.DEFAULT_TENANT, "first", Role.ROOT, Optional.empty(), "{}");
        String key = table.create(draft, Principal.SERVICE).secret();
        data.keepFirstKey(key);
        return key;
    }
}
