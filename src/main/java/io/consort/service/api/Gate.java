package io.consort.service.api;

import io.consort.service.limit.Overload;
import io.consort.service.store.Keys;
import io.consort.service.store.Keys.Standing;
import io.consort.service.store.Principal;
import io.consort.service.store.Role;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets a request in: knows the caller, then reads the body up to a limit. Runs on the event loop and
 * answers what it turns away.
 */
public final class Gate {

    private static final byte[] NOTHING = {};
    private static final String SCHEME = "bearer ";

    private final Keys keys;
    private final Tokens tokens;
    private final BodyLimits limits;
    private final Doors doors;

    /** A gate for holders of these keys or tokens and bodies within limits, behind these doors. */
    public Gate(Keys keys, Tokens tokens, BodyLimits limits, Doors doors) {
        this.keys = keys;
        this.tokens = tokens;
        this.limits = limits;
        this.doors = doors;
    }

    /** A handler that hands calls with a key and their body on, and turns the others away. */
    public Handler<RoutingContext> guard(Consumer<Call> endpoint) {
        return http -> receive(http, authenticate(http), endpoint);
    }

    /** The same for holders of a role. */
    public Handler<RoutingContext> guard(Role role, Consumer<Call> endpoint) {
        return http -> take(http, authorize(http, role), endpoint);
    }

    /** The same where the body may be a document in YAML too. */
    public Handler<RoutingContext> guardDocument(Role role, Consumer<Call> endpoint) {
        return http -> {
            Principal caller = authorize(http, role);
            requireDocument(http);
            read(http, body -> endpoint.accept(new Call(http, caller, body, System.nanoTime())));
        };
    }

    /**
     * Who calls, with this role.
     *
     * @throws ApiException as {@link #authenticate} does; 403 for holders of lesser roles
     */
    Principal authorize(RoutingContext http, Role role) {
        Principal caller = authenticate(http);
        if (!caller.role().covers(role)) {
            throw new ApiException(
                    ApiError.of(
                            403,
                            ApiError.INVALID_REQUEST,
                            "insufficient_role",
                            "The API key \"%s\" has the role %s; this needs a key with the role %s."
                                    .formatted(caller.key(), caller.role().label(), role.label())));
        }
        return caller;
    }

    /**
     * Who calls.
     *
     * @throws ApiException 401 without a key, or with one that is not known or expired; 403 when
     *     the tenant is suspended; 503 when the service is
     *     stopping
     */
    public Principal authenticate(RoutingContext http) {
        if (!doors.isOpen()) {
            http.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            throw new ApiException(Replies.overloaded("The service is stopping; try again."));
        }
        String given = http.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (given == null) {
            throw unauthorized(
                    "There is no API key; send it as `Authorization: Bearer <key>`. The first one is"
                            + " in the file first-key of the service's data folder.");
        }
        if (!given.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw unauthorized("The API key must be sent as `Authorization: Bearer <key>`.");
        }
        String shown = given.substring(SCHEME.length()).strip();
        return holder(keys.standing(shown), shown);
    }

    private Principal holder(Standing standing, String shown) {
        return switch (standing) {
            case Standing.Good(var holder) -> holder;
            case Standing.Unknown _ -> bearer(shown);
            case Standing.Expired(var since) ->
                    throw unauthorized("The API key expired at %s; use another.".formatted(since));
            case Standing.Suspended(var tenant) -> throw suspended(tenant);
        };
    }

    private Principal bearer(String token) {
        Principal holder =
                tokens.find(token)
                        .orElseThrow(() ->
                                unauthorized("The API key is not known; check or replace it."));
        if (keys.isSuspended(holder.tenant())) {
            throw suspended(holder.tenant());
        }
        return holder;
    }

    private static ApiException suspended(String tenant) {
        return new ApiException(
                ApiError.of(
                        403,
                        ApiError.INVALID_REQUEST,
                        "tenant_suspended",
                        "The tenant \"%s\" is suspended; ask whoever runs this service."
                                .formatted(tenant)));
    }

    private static ApiException unauthorized(String message) {
        return new ApiException(
                ApiError.of(401, ApiError.INVALID_REQUEST, "invalid_api_key", message));
    }

    private static void requireJson(RoutingContext http) {
        @Nullable String type = http.request().getHeader(HttpHeaders.CONTENT_TYPE);
        if (type != null && !type.regionMatches(true, 0, "application/json", 0, 16)) {
            throw new ApiException(
                    ApiError.of(
                            415,
                            ApiError.INVALID_REQUEST,
                            "unsupported_media_type",
                            "The body must be sent as `Content-Type: application/json`, a catalog also as"
                                    + " `application/yaml`."));
        }
    }

    private static void requireDocument(RoutingContext http) {
        @Nullable String type = http.request().getHeader(HttpHeaders.CONTENT_TYPE);
        if (type != null && !type.toLowerCase(Locale.ROOT).contains("yaml")) {
            requireJson(http);
        }
    }

    /**
     * Finds a place for the request, and then takes it; administrators need none.
     *
     * @throws ApiException 503 when there is no place
     */
    public void receive(RoutingContext http, Principal caller, Consumer<Call> endpoint) {
        Overload.Place place = doors.enter();
        if (!place.taken()) {
            throw new ApiException(
                    Replies.overloaded("The service has too much to do; try again."));
        }
        http.response().endHandler(_ -> place.leave());
        take(http, caller, endpoint);
    }

    /**
     * Reads the body, which must be JSON, and hands the call on. What the endpoint throws becomes an
     * error reply.
     *
     * @throws ApiException 413 or 415 for what can be told from the request's head
     */
    private void take(RoutingContext http, Principal caller, Consumer<Call> endpoint) {
        if (http.request().method().equals(HttpMethod.GET)) {
            endpoint.accept(new Call(http, caller, NOTHING, System.nanoTime()));
            return;
        }
        requireJson(http);
        read(http, body -> endpoint.accept(new Call(http, caller, body, System.nanoTime())));
    }

    /** Nothing that still comes over the connection is of use. */
    private void giveUp(RoutingContext http) {
        Replies.fail(http, limits.tooSlow());
        var _ = http.request().connection().close();
    }

    private void read(RoutingContext http, Consumer<byte[]> whole) {
        HttpServerRequest request = http.request();
        @Nullable String announced = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (announced != null && announced.length() > 9) {
            throw limits.tooLarge();
        }
        if (announced != null && Integer.parseInt(announced) > limits.bytes()) {
            throw limits.tooLarge();
        }
        Buffer body = Buffer.buffer(announced == null ? 1024 : Integer.parseInt(announced));
        request.handler(part -> {
            if (http.response().ended()) {
                return;
            }
            if (body.length() + part.length() > limits.bytes()) {
                Replies.fail(http, limits.tooLarge());
                return;
            }
            body.appendBuffer(part);
        });
        long timer = http.vertx().setTimer(limits.time().toMillis(), _ -> giveUp(http));
        request.exceptionHandler(_ -> http.vertx().cancelTimer(timer));
        request.endHandler(_ -> {
            http.vertx().cancelTimer(timer);
            if (http.response().ended()) {
                return;
            }
            try {
                whole.accept(body.getBytes());
            } catch (RuntimeException failure) {
                Replies.fail(http, failure);
            }
        });
    }
}
