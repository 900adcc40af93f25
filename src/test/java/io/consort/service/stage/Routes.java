package io.consort.service.stage;

import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Every path of the API that the running service has. */
@ApplicationScoped
public class Routes {

    private static final Set<String> TURNING_AWAY = Set.of("/v1/*", "/admin/v1/*");

    private Optional<Router> mounted = Optional.empty();

    /** Before the service's routes are there; they are read later. */
    void take(@Observes Router router) {
        mounted = Optional.of(router);
    }

    /** The paths as they were mounted, with their parameters; those that only turn away left out. */
    public List<String> paths() {
        return mounted.orElseThrow().getRoutes().stream()
                .filter(route -> route.getPath() != null)
                .map(route -> route.getPath() + (route.isExactPath() ? "" : "*"))
                .filter(path -> path.startsWith("/v1/") || path.startsWith("/admin/v1/"))
                .filter(path -> !TURNING_AWAY.contains(path))
                .distinct()
                .sorted()
                .toList();
    }
}
