package io.consort.service.api;

import io.consort.router.signal.Embedder;
import io.consort.runtime.local.LocalReport;
import io.consort.service.api.chat.Admissions;
import io.consort.service.api.chat.ChatEndpoint;
import io.consort.service.api.chat.DecisionLog;
import io.consort.service.api.tenants.Books;
import io.consort.service.api.tenants.TenantsApi;
import io.consort.service.catalogs.CatalogKeeper;
import io.consort.service.cluster.Neighbours;
import io.consort.service.limit.Ledgers;
import io.consort.service.observe.ChatObserver;
import io.consort.service.store.Examples;
import io.consort.service.store.Ids;
import io.consort.service.store.Journal;
import io.consort.service.store.Keys;
import io.consort.service.store.RouterVersions;
import io.consort.service.tenant.Tenancies;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * What the API is made of; everything stays the caller's.
 *
 * @param runtime what runs inside this process
 * @param body what a request's body may take
 */
public record Assembly(
        Keys keys,
        Tokens tokens,
        Tenancies tenancies,
        Ledgers ledgers,
        CatalogKeeper catalogs,
        Teaching teaching,
        Books books,
        Supplier<LocalReport> runtime,
        Embedder embedder,
        Journal journal,
        ChatObserver observer,
        Ids ids,
        Neighbours neighbours,
        Clock clock,
        BodyLimits body,
        Doors doors) {

    /** What the router is taught with. */
    public record Teaching(Examples examples, RouterVersions versions) {}

    /** The API over these parts. */
    public HttpApi api() {
        Gate gate = new Gate(keys, tokens, body, doors);
        DecisionLog log = new DecisionLog(journal, observer);
        Callers callers = new Callers(tenancies);
        return new HttpApi(
                gate,
                new ChatEndpoint(gate, callers, new Admissions(ledgers), log, ids, clock),
                new HttpApi.Endpoints(
                        new ModelsEndpoint(callers, clock.instant().getEpochSecond()),
                        new EmbeddingsEndpoint(embedder),
                        new RouteEndpoint(callers, ids),
                        new FeedbackEndpoint(journal, clock)),
                new AdminApi(
                        gate,
                        new CategoriesEndpoint(callers, teaching.examples(), books.audit()),
                        new RouterEndpoint(callers, teaching.versions(), books.audit()),
                        new ExpertsHealthEndpoint(callers, neighbours),
                        new TenantsApi(gate, books, clock),
                        new CatalogPaths(gate, new CatalogDesk(catalogs, books.tenants())),
                        new RuntimeEndpoint(runtime)));
    }
}
