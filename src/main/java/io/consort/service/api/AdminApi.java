package io.consort.service.api;

import io.consort.service.api.tenants.TenantsApi;
import io.consort.service.store.Role;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/** The paths below {@code /admin/v1}, for keys with the role admin. */
public final class AdminApi {

    private final Gate gate;
    private final CategoriesEndpoint categories;
    private final RouterEndpoint router;
    private final TenantsApi tenants;
    private final RuntimeEndpoint runtime;

    AdminApi(
            Gate gate,
            CategoriesEndpoint categories,
            RouterEndpoint router,
            TenantsApi tenants,
            RuntimeEndpoint runtime) {
        this.gate = gate;
        this.categories = categories;
        this.router = router;
        this.tenants = tenants;
        this.runtime = runtime;
    }

    /** Takes a path, one of its methods and who handles it. */
    @FunctionalInterface
    public interface Paths {
        /** Adds the method to the path. */
        void add(String path, HttpMethod method, Handler<RoutingContext> handler);
    }

    void mount(Paths paths) {
        tenants.mount(paths);
        paths.add("/admin/v1/categories", HttpMethod.GET, gate.guard(Role.ADMIN, categories::list));
        paths.add(
                "/admin/v1/categories/:id/examples",
                HttpMethod.POST,
                gate.guard(Role.ADMIN, categories::addExamples));
        paths.add("/admin/v1/router/train", HttpMethod.POST, gate.guard(Role.ADMIN, router::train));
        paths.add("/admin/v1/router", HttpMethod.GET, gate.guard(Role.ADMIN, router::show));
        paths.add("/admin/v1/runtime", HttpMethod.GET, gate.guard(Role.ROOT, runtime::show));
    }
}
