package io.consort.service.api;

import io.consort.service.catalogs.Part;
import io.consort.service.store.Role;
import io.vertx.core.http.HttpMethod;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The paths of catalogs: of the caller's own tenant, and below {@code /admin/v1/tenants/<tenant>} the
 * same of any tenant, for root.
 */
final class CatalogPaths {

    private static final String OWN = "/admin/v1";
    private static final String ANY = "/admin/v1/tenants/:tenant";

    private final Gate gate;
    private final CatalogEndpoint whole;
    private final Map<String, ElementsEndpoint> parts;

    CatalogPaths(Gate gate, CatalogDesk desk) {
        this.gate = gate;
        whole = new CatalogEndpoint(desk);
        parts =
                Map.of(
                        "/categories", new ElementsEndpoint(desk, Part.CATEGORY),
                        "/experts", new ElementsEndpoint(desk, Part.EXPERT),
                        "/maps", new ElementsEndpoint(desk, Part.MAP),
                        "/policies", new ElementsEndpoint(desk, Part.POLICY));
    }

    void mount(AdminPaths paths) {
        mount(paths, OWN, Role.ADMIN);
        mount(paths, ANY, Role.ROOT);
    }

    private void mount(AdminPaths paths, String prefix, Role role) {
        String catalog = prefix + "/catalog";
        String revisions = catalog + "/revisions";
        paths.add(catalog, HttpMethod.GET, gate.guard(role, whole::show));
        paths.add(catalog, HttpMethod.PUT, gate.guardDocument(role, whole::put));
        paths.add(revisions, HttpMethod.GET, gate.guard(role, whole::revisions));
        paths.add(revisions + "/:number", HttpMethod.GET, gate.guard(role, whole::revision));
        paths.add(
                revisions + "/:number/restore",
                HttpMethod.POST,
                gate.guardDocument(role, whole::restore));
        parts.forEach((path, endpoint) -> mount(paths, prefix, path, role, endpoint));
    }

    private void mount(
            AdminPaths paths, String prefix, String path, Role role, ElementsEndpoint endpoint) {
        String one = prefix + path + "/:id";
        // The caller's own categories are listed with what the router knows of them.
        if (!(prefix.equals(OWN) && path.equals("/categories"))) {
            paths.add(prefix + path, HttpMethod.GET, gate.guard(role, endpoint::list));
        }
        Map<HttpMethod, Consumer<Call>> methods =
                Map.of(HttpMethod.PUT, endpoint::put, HttpMethod.DELETE, endpoint::delete);
        paths.add(one, HttpMethod.GET, gate.guard(role, endpoint::show));
        methods.forEach(
                (method, handler) -> paths.add(one, method, gate.guardDocument(role, handler)));
    }
}
