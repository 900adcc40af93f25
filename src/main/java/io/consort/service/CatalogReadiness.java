package io.consort.service;

import io.consort.experts.Catalog;
import io.consort.service.store.Keys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the catalog's experts are open. */
@Readiness
@ApplicationScoped
public class CatalogReadiness implements HealthCheck {

    private final Service service;

    /** Readiness of this service. */
    @Inject
    public CatalogReadiness(Service service) {
        this.service = service;
    }

    @Override
    public HealthCheckResponse call() {
        Catalog catalog =
                service.tenancies().find(Keys.DEFAULT_TENANT).orElseThrow().roster().catalog();
        return HealthCheckResponse.named("catalog")
                .up()
                .withData("follows_changes", service.followsChanges())
                .withData("revision", catalog.revision())
                .withData("experts", catalog.experts().size())
                .build();
    }
}
