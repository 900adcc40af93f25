package io.consort.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Says how many nodes this one sees. A node alone is ready all the same. */
@Readiness
@ApplicationScoped
public class ClusterReadiness implements HealthCheck {

    private final Service service;

    /** The cluster as this service sees it. */
    @Inject
    public ClusterReadiness(Service service) {
        this.service = service;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("cluster")
                .up()
                .withData("nodes", service.clustering().nodes())
                .withData("cut_off", service.clustering().isCutOff())
                .build();
    }
}
