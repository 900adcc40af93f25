package io.consort.service.api.tenants;

import io.consort.service.api.ApiError;
import io.consort.service.api.ApiException;
import io.consort.service.api.Background;
import io.consort.service.api.Call;
import io.consort.service.api.Pending;
import io.consort.service.store.Tenants;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;

/** Whose books a call opens: those of the tenant that its path names, or else the caller's own. */
public final class Scope {

    /** The name of the path's parameter. */
    private static final String TENANT = "tenant";

    private final Tenants tenants;

    /** Work on one tenant's books, which blocks. */
    @FunctionalInterface
    public interface Work<T> {
        /** Does it for this tenant. */
        T on(String tenant) throws SQLException;
    }

    /** A scope among these tenants. */
    public Scope(Tenants tenants) {
        this.tenants = tenants;
    }

    /**
     * Does the work for the tenant on a thread of its own, and hands its result to the reply on the
     * call's event loop. A tenant that there is not is a 404.
     */
    public <T> void answer(Call call, Work<T> work, Consumer<T> reply) {
        Optional<String> named = Optional.ofNullable(call.http().pathParam(TENANT));
        Pending.await(
                call,
                Background.run(() ->
                        work.on(named.isPresent() ? known(named.get()) : call.caller().tenant())),
                reply);
    }

    private String known(String tenant) throws SQLException {
        if (tenants.find(tenant).isEmpty()) {
            throw missing(tenant);
        }
        return tenant;
    }

    /** There is no such tenant. */
    static ApiException missing(String tenant) {
        return new ApiException(
                new ApiError(
                        404,
                        ApiError.INVALID_REQUEST,
                        "There is no tenant \"%s\"; GET /admin/v1/tenants lists them."
                                .formatted(Shown.cut(tenant)),
                        Optional.of(TENANT),
                        Optional.of("tenant_not_found"),
                        Optional.empty()));
    }
}
