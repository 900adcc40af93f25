package io.consort.service;

import io.consort.service.store.Keys;
import io.consort.service.tenant.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
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
        HealthCheckResponseBuilder response = HealthCheckResponse.named("catalog");
        Optional<Tenancy> live = service.tenancies().find(Keys.DEFAULT_TENANT);
        if (live.isEmpty()) {
            return response.down().build();
        }
        return response.up()
                .withData("follows_changes", service.followsChanges())
                .withData("serves", service.followsChanges() ? "current" : "last known")
                .withData("revision", live.get().revision())
                .withData("experts", live.get().roster().catalog().experts().size())
                .build();
    }
}
