package io.consort.service.api;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/** Takes a path below {@code /admin/v1}, one of its methods and who handles it. */
@FunctionalInterface
public interface AdminPaths {
    /** Adds the method to the path. */
    void add(String path, HttpMethod method, Handler<RoutingContext> handler);
}
