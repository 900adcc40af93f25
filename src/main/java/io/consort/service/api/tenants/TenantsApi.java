package io.consort.service.api.tenants;

import io.consort.service.api.AdminPaths;
import io.consort.service.api.Call;
import io.consort.service.api.Gate;
import io.consort.service.store.Role;
import io.vertx.core.http.HttpMethod;
import java.time.Clock;
import java.util.function.Consumer;

/**
 * The paths of tenants and of their books. A tenant's books are below {@code /admin/v1} for its own
 * administrators, and below {@code /admin/v1/tenants/<tenant>} for root.
 */
public final class TenantsApi {

    private static final String ADMIN = "/admin/v1";
    private static final String TENANTS = ADMIN + "/tenants";
    private static final String TENANT = TENANTS + "/:tenant";

    private final Gate gate;
    private final TenantsEndpoint tenants;
    private final KeysEndpoint keys;
    private final AuditEndpoint audit;
    private final UsageEndpoint usage;
    private final DecisionsEndpoint decisions;

    /** The paths over these books. */
    public TenantsApi(Gate gate, Books books, Clock clock) {
        Scope scope = new Scope(books.tenants());
        this.gate = gate;
        this.tenants = new TenantsEndpoint(books.tenants(), books.bell(), scope);
        this.keys = new KeysEndpoint(books.keys(), books.bell(), scope, clock);
        this.audit = new AuditEndpoint(books.audit(), scope);
        this.usage = new UsageEndpoint(books.usages(), scope, clock);
        this.decisions = new DecisionsEndpoint(books.decisions(), scope);
    }

    /** Adds the paths. */
    public void mount(AdminPaths paths) {
        root(paths, TENANTS, HttpMethod.GET, tenants::list);
        root(paths, TENANTS, HttpMethod.POST, tenants::create);
        root(paths, TENANT, HttpMethod.GET, tenants::show);
        root(paths, TENANT, HttpMethod.PATCH, tenants::change);
        root(paths, TENANT, HttpMethod.DELETE, tenants::remove);
        both(paths, "/keys", HttpMethod.GET, keys::list);
        both(paths, "/keys", HttpMethod.POST, keys::create);
        both(paths, "/keys/:key", HttpMethod.GET, keys::show);
        both(paths, "/keys/:key", HttpMethod.PATCH, keys::limit);
        both(paths, "/keys/:key", HttpMethod.DELETE, keys::revoke);
        both(paths, "/audit", HttpMethod.GET, audit::list);
        both(paths, "/usage", HttpMethod.GET, usage::sum);
        both(paths, "/decisions", HttpMethod.GET, decisions::list);
        both(paths, "/decisions/:id", HttpMethod.GET, decisions::show);
    }

    private void both(AdminPaths paths, String path, HttpMethod method, Consumer<Call> endpoint) {
        paths.add(ADMIN + path, method, gate.guard(Role.ADMIN, endpoint));
        root(paths, TENANT + path, method, endpoint);
    }

    private void root(AdminPaths paths, String path, HttpMethod method, Consumer<Call> endpoint) {
        paths.add(path, method, gate.guard(Role.ROOT, endpoint));
    }
}
