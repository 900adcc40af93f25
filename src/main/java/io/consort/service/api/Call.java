package io.consort.service.api;

import io.consort.service.store.Principal;
import io.vertx.ext.web.RoutingContext;

/**
 * One authenticated HTTP request with its whole body.
 *
 * @param body empty where there is none; belongs to the call
 * @param arrived {@link System#nanoTime} when the body was complete
 */
public record Call(RoutingContext http, Principal caller, byte[] body, long arrived) {}
