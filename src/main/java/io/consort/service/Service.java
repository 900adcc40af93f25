package io.consort.service;

import io.consort.experts.Catalog;
import io.consort.experts.catalog.CatalogFileException;
import io.consort.experts.remote.Reach;
import io.consort.router.signal.Embedder;
import io.consort.router.signal.minilm.MiniLmEmbedder;
import io.consort.service.api.Assembly;
import io.consort.service.api.BodyLimits;
import io.consort.service.api.Doors;
import io.consort.service.api.HttpApi;
import io.consort.service.api.tenants.Books;
import io.consort.service.catalogs.CatalogImport;
import io.consort.service.catalogs.CatalogKeeper;
import io.consort.service.catalogs.CatalogWatch;
import io.consort.service.limit.Ledgers;
import io.consort.service.limit.Overload;
import io.consort.service.roster.Openings;
import io.consort.service.roster.SharedExperts;
import io.consort.service.roster.ShippedCatalog;
import io.consort.service.security.AddressGuard;
import io.consort.service.security.FrontDoor;
import io.consort.service.store.Audit;
import io.consort.service.store.Costs;
import io.consort.service.store.DataFolder;
import io.consort.service.store.Decisions;
import io.consort.service.store.Examples;
import io.consort.service.store.Ids;
import io.consort.service.store.Journal;
import io.consort.service.store.KeyTable;
import io.consort.service.store.KeyTable.Draft;
import io.consort.service.store.Keys;
import io.consort.service.store.Principal;
import io.consort.service.store.Role;
import io.consort.service.store.RouterVersions;
import io.consort.service.store.Starts;
import io.consort.service.store.Tenants;
import io.consort.service.store.Usages;
import io.consort.service.tenant.Bell;
import io.consort.service.tenant.Caretaker;
import io.consort.service.tenant.Catalogs;
import io.consort.service.tenant.ChangeWatch;
import io.consort.service.tenant.Tenancies;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** Owns the parts of the running service, from before the first request until after the last. */
@ApplicationScoped
public class Service {

    private static final String METRICS = "/q/metrics*";

    /** The doors close so long before those of the container, which say less. */
    private static final Duration CLOSING = Duration.ofMillis(10);

    private final Keys keys;
    private final Embedder embedder;
    private final Openings openings;
    private final Tenancies tenancies;
    private final Clustering clustering;
    private final Bell bell;
    private final ChangeWatch watch;
    private final CatalogKeeper catalogs;
    private final CatalogWatch catalogWatch;
    private final Journal journal;
    private final HttpApi api;
    private final Doors doors;
    private final Optional<String> freshKey;

    /** Opens everything. */
    @Inject
    public Service(ConsortConfig config, DataSource database, Observation watching, Vertx vertx)
            throws SQLException, CatalogFileException {
        DataFolder data = DataFolder.at(config.data());
        SecureRandom random = new SecureRandom();
        Clock clock = Clock.systemUTC();
        doors =
                new Doors(
                        config.maxRequests() > 0
                                ? config.maxRequests()
                                : Overload.limitFor(Runtime.getRuntime().maxMemory()));
        clustering = Clustering.of(config.cluster(), random, clock);
        bell = clustering.bell();
        keys = new Keys(pepper(config, data, random), clock);
        watch = ChangeWatch.start(database, bell, ChangeWatch.PAUSE);
        keys.load(database);
        Tenants tenants = new Tenants(database, clock);
        KeyTable table = new KeyTable(database, keys, random, clock);
        freshKey = keys.isEmpty() ? Optional.of(firstKey(tenants, table, data)) : Optional.empty();
        AddressGuard guard =
                AddressGuard.allowing(config.experts().allowedNetworks().orElse(List.of()));
        embedder = MiniLmEmbedder.open();
        openings = Openings.on(vertx);
        Examples examples = new Examples(database, clock);
        RouterVersions versions = new RouterVersions(database, clock);
        Ledgers ledgers = new Ledgers(clustering.counters(), clock::millis);
        tenancies =
                new Tenancies(
                        new TenancyOpener(
                                new SharedExperts((tenant, expert) ->
                                        openings.openOrExplain(
                                                tenant, expert, reach(guard, tenant))),
                                ledgers,
                                embedder,
                                examples,
                                versions,
                                data.artefacts()));
        Path file = catalog(config);
        catalogs =
                KeptCatalogs.open(
                        config, data, file, database, random, clock, guard, tenancies, bell);
        CatalogImport.take(file, System.getenv(), Keys.DEFAULT_TENANT, catalogs);
        Caretaker caretaker = new Caretaker(database, keys, tenants, Service::none, tenancies);
        var _ = bell.listen(caretaker);
        caretaker.begin();
        catalogWatch = CatalogWatch.start(catalogs, bell, ChangeWatch.PAUSE);
        journal = new Journal(database, data.journal(), config.journalLimit());
        journal.awaitWritten();
        LimitKeeper limits = new LimitKeeper(tenants, table, ledgers);
        limits.begin(new Costs(database, clock));
        var _ = bell.listen(limits);
        clustering.begin(ledgers, tenancies);
        api =
                new Assembly(
                                keys,
                                Issuer.tokens(config.oidc(), clock),
                                tenancies,
                                ledgers,
                                catalogs,
                                new Assembly.Teaching(examples, versions),
                                new Books(
                                        tenants,
                                        table,
                                        new Audit(database, clock),
                                        new Usages(database),
                                        new Decisions(database),
                                        bell),
                                openings::report,
                                embedder,
                                journal,
                                watching.observer(),
                                new Ids(clock::millis, Starts.next(database)),
                                clustering.neighbours(),
                                clock,
                                new BodyLimits(config.bodyLimit(), config.bodyTime()),
                                doors)
                        .api();
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

    /** The kept catalogs. */
    public CatalogKeeper catalogs() {
        return catalogs;
    }

    /** Rings when something of a tenant was changed. */
    public Bell bell() {
        return bell;
    }

    /** Whether changes of other nodes are seen; otherwise this one serves from what it knows. */
    public boolean followsChanges() {
        return watch.isReachable();
    }

    /** This node's part in a cluster. */
    Clustering clustering() {
        return clustering;
    }

    /** Who may come in. */
    public Doors doors() {
        return doors;
    }

    /** The paths of the API. */
    HttpApi api() {
        return api;
    }

    void routes(@Observes io.vertx.ext.web.Router router, ConsortConfig config) {
        new FrontDoor(config.urlLimit(), config.headerLimit()).mount(router);
        api.mount(router);
        if (config.admin().isApart()) {
            HttpApi.hide(router, METRICS);
        } else if (!config.metricsOpen()) {
            api.guard(router, METRICS, Role.ROOT);
        }
        if (config.admin().enabled() && !config.admin().isApart()) {
            api.mountAdmin(router);
        }
        HttpApi.mountRest(router);
    }

    /** Answers that are under way go on, and when notice was given, no others begin. */
    void closeDoors(
            @Observes ShutdownDelayInitiatedEvent event, ConsortConfig config, Vertx vertx) {
        Duration left = config.shutdownNotice().minus(CLOSING);
        if (left.isPositive()) {
            vertx.setTimer(left.toMillis(), _ -> doors.close());
        } else {
            doors.close();
        }
    }

    /** Streams have ended by now; what they left is written. */
    void stop(@Observes ShutdownEvent event) {
        catalogWatch.close();
        watch.close();
        clustering.close();
        tenancies.close();
        openings.close();
        journal.close();
        embedder.close();
    }

    /** Experts of the first tenant, whose catalog is the operator's, may be called anywhere. */
    private static Reach reach(AddressGuard guard, String tenant) {
        return tenant.equals(Keys.DEFAULT_TENANT) ? Reach.EVERYWHERE : guard;
    }

    private static byte[] pepper(ConsortConfig config, DataFolder data, SecureRandom random) {
        return config.pepper()
                .map(text -> SecretBytes.of("consort.pepper", text))
                .orElseGet(() -> data.pepper(random));
    }

    private static Path catalog(ConsortConfig config) {
        return config.catalog()
                .orElseGet(() ->
                        ShippedCatalog.in(
                                config.home().orElse(Path.of(System.getProperty("user.dir")))));
    }

    /** What a tenant works with until the watch finds what it has. */
    private static Catalogs.Revised none(String tenant) {
        return new Catalogs.Revised(
                new Catalog(0, List.of(), List.of(), List.of(), Map.of(), List.of()), 0);
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
