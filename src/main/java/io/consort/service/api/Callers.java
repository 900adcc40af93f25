package io.consort.service.api;

import io.consort.service.tenant.Lease;
import io.consort.service.tenant.Tenancies;
import io.consort.service.tenant.Tenancy;

/** Finds the experts of whoever calls: those of the caller's tenant, and never others. */
public final class Callers {

    private final Tenancies tenancies;

    /** Callers of these tenants. */
    public Callers(Tenancies tenancies) {
        this.tenancies = tenancies;
    }

    /**
     * The caller's tenancy, for looking at.
     *
     * @throws ApiException 503 when it is not at work
     */
    Tenancy tenancy(Call call) {
        String tenant = call.caller().tenant();
        return tenancies.find(tenant).orElseThrow(() -> idle(tenant));
    }

    /**
     * The caller's tenancy, kept open until the lease is closed.
     *
     * @throws ApiException 503 when it is not at work
     */
    public Lease lease(Call call) {
        String tenant = call.caller().tenant();
        return tenancies.lease(tenant).orElseThrow(() -> idle(tenant));
    }

    private static ApiException idle(String tenant) {
        return new ApiException(
                ApiError.of(
                        503,
                        ApiError.SERVER,
                        "tenant_unavailable",
                        "The catalog of the tenant \"%s\" is not at work here; the service's log says why."
                                .formatted(tenant)));
    }
}
