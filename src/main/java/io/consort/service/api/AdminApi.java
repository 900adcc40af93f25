package io.consort.service.api;

import io.consort.service.api.tenants.TenantsApi;
import io.consort.service.store.Role;
import io.vertx.core.http.HttpMethod;

/** The paths below {@code /admin/v1}, for keys with the role admin. */
public final class AdminApi {

    private final Gate gate;
    private final CategoriesEndpoint categories;
    private final RouterEndpoint router;
    private final ExpertsHealthEndpoint health;
    private final TenantsApi tenants;
    private final CatalogPaths catalogs;
    private final RuntimeEndpoint runtime;

    AdminApi(
            Gate gate,
            CategoriesEndpoint categories,
            RouterEndpoint router,
            ExpertsHealthEndpoint health,
            TenantsApi tenants,
            CatalogPaths catalogs,
            RuntimeEndpoint runtime) {
        this.catalogs = catalogs;
        this.gate = gate;
        this.categories = categories;
        this.router = router;
        this.health = health;
        this.tenants = tenants;
        this.runtime = runtime;
    }

    void mount(AdminPaths paths) {
        tenants.mount(paths);
        catalogs.mount(paths);
        paths.add("/admin/v1/categories", HttpMethod.GET, gate.guard(Role.ADMIN, categories::list));
        paths.add(
                "/admin/v1/categories/:id/examples",
                HttpMethod.POST,
                gate.guard(Role.ADMIN, categories::addExamples));
        paths.add("/admin/v1/router/train", HttpMethod.POST, gate.guard(Role.ADMIN, router::train));
        paths.add("/admin/v1/router", HttpMethod.GET, gate.guard(Role.ADMIN, router::show));
        paths.add("/admin/v1/health/experts", HttpMethod.GET, gate.guard(Role.ADMIN, health::list));
        paths.add("/admin/v1/runtime", HttpMethod.GET, gate.guard(Role.ROOT, runtime::show));
    }
}
