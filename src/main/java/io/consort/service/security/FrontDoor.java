package io.consort.service.security;

import io.consort.service.api.ApiException;
import io.consort.service.api.Replies;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * Sees every request first: gives its answer the headers that browsers need to be kept from misusing
 * it, and turns away heads that are too large. Runs on the event loop.
 */
public final class FrontDoor {

    /** Characters of headers beyond which the server itself refuses a request. */
    public static final int LARGEST_HEADERS = 65_536;

    /** Characters of a request's first line beyond which the server itself refuses it. */
    public static final int LONGEST_LINE = 32_768;

    private static final CharSequence CONTENT_TYPE_OPTIONS =
            HttpHeaders.createOptimized("x-content-type-options");
    private static final CharSequence NO_SNIFF = HttpHeaders.createOptimized("nosniff");
    private static final CharSequence SECURITY_POLICY =
            HttpHeaders.createOptimized("content-security-policy");
    private static final CharSequence NOTHING_LOADED =
            HttpHeaders.createOptimized("default-src 'none'; frame-ancestors 'none'");
    private static final CharSequence REFERRER_POLICY =
            HttpHeaders.createOptimized("referrer-policy");
    private static final CharSequence NO_REFERRER = HttpHeaders.createOptimized("no-referrer");
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
    private static final CharSequence TRANSPORT_SECURITY =
            HttpHeaders.createOptimized("strict-transport-security");
    private static final CharSequence A_YEAR = HttpHeaders.createOptimized("max-age=31536000");

    private final RequestLimits limits;

    /**
     * A door with these limits.
     *
     * @param url characters of path and query at most
     * @param headers characters of all headers at most
     */
    public FrontDoor(int url, int headers) {
        limits = new RequestLimits(url, headers);
    }

    /** Stands before every other path of the router. */
    public void mount(Router router) {
        router.route()
                .order(Integer.MIN_VALUE)
                .handler(this::enter)
                .failureHandler(FrontDoor::failed);
    }

    /** What is refused before it gets here has these headers too. */
    private static void failed(RoutingContext http) {
        put(http.response(), http.request().isSSL());
        http.next();
    }

    private void enter(RoutingContext http) {
        HttpServerRequest request = http.request();
        put(http.response(), request.isSSL());
        try {
            limits.check(request);
        } catch (ApiException tooLarge) {
            Replies.fail(http, tooLarge);
            return;
        }
        http.next();
    }

    private static void put(HttpServerResponse response, boolean encrypted) {
        response.putHeader(CONTENT_TYPE_OPTIONS, NO_SNIFF)
                .putHeader(SECURITY_POLICY, NOTHING_LOADED)
                .putHeader(REFERRER_POLICY, NO_REFERRER)
                .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE);
        if (encrypted) {
            response.putHeader(TRANSPORT_SECURITY, A_YEAR);
        }
    }
}
