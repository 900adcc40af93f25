package io.consort.service;

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
        return HealthCheckResponse.named("catalog")
                .up()
                .withData("revision", service.roster().catalog().revision())
                .withData("experts", service.roster().catalog().experts().size())
                .build();
    }
}
