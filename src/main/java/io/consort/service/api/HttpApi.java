package io.consort.service.api;

import io.consort.service.api.chat.ChatEndpoint;
import io.consort.service.store.Role;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The paths of the API. Whatever is below {@code /v1} and {@code /admin/v1} needs a key; a path, method or media type that
 * does not exist is answered as OpenAI's clients expect it.
 */
public final class HttpApi {

    private final Gate gate;
    private final ChatEndpoint chat;
    private final Endpoints others;
    private final AdminApi admin;

    /** The endpoints besides chat. */
    record Endpoints(
            ModelsEndpoint models,
            EmbeddingsEndpoint embeddings,
            RouteEndpoint route,
            FeedbackEndpoint feedback) {}

    HttpApi(Gate gate, ChatEndpoint chat, Endpoints others, AdminApi admin) {
        this.gate = gate;
        this.chat = chat;
        this.others = others;
        this.admin = admin;
    }

    /** Puts the API's paths into a server's router, those of the administration apart. */
    public void mount(Router router) {
        Map<String, Handler<RoutingContext>> posts =
                Map.of(
                        "/v1/chat/completions", chat::handle,
                        "/v1/embeddings", gate.guard(others.embeddings()::handle),
                        "/v1/route", gate.guard(others.route()::handle),
                        "/v1/feedback", gate.guard(others.feedback()::handle));
        posts.forEach((path, handler) -> only(router.route(path), HttpMethod.POST, handler));
        only(router.route("/v1/models"), HttpMethod.GET, gate.guard(others.models()::list));
        only(
                router.route(ModelsEndpoint.PATH + "*"),
                HttpMethod.GET,
                gate.guard(others.models()::find));
        close(router, "/v1/*");
    }

    /** Puts the administration's paths into a server's router. */
    public void mountAdmin(Router router) {
        Map<String, Map<HttpMethod, Handler<RoutingContext>>> paths = new LinkedHashMap<>();
        admin.mount((path, method, handler) ->
                paths.computeIfAbsent(path, _ -> new LinkedHashMap<>()).put(method, handler));
        paths.forEach((path, methods) -> only(router.route(path), methods));
        close(router, "/admin/v1/*");
    }

    /** Says of every other path that it does not exist. */
    public static void mountRest(Router router) {
        always(
                router.route().order(Integer.MAX_VALUE),
                http -> {
                    throw notFound();
                });
    }

    private void close(Router router, String paths) {
        always(
                router.route(paths),
                http -> {
                    gate.authenticate(http);
                    throw notFound();
                });
    }

    /** Says of a path that it does not exist, whatever else is there. */
    public static void hide(Router router, String path) {
        always(
                router.route(path).order(Integer.MIN_VALUE + 1),
                http -> {
                    throw notFound();
                });
    }

    /** Lets only holders of a role through to a path that others serve. */
    public void guard(Router router, String path, Role role) {
        always(
                router.route(path).order(Integer.MIN_VALUE + 1),
                http -> {
                    var _ = gate.authorize(http, role);
                    http.next();
                });
    }

    private void only(Route route, HttpMethod method, Handler<RoutingContext> handler) {
        only(route, Map.of(method, handler));
    }

    private void only(Route route, Map<HttpMethod, Handler<RoutingContext>> methods) {
        route.handler(
                        http -> {
                            Handler<RoutingContext> handler = methods.get(http.request().method());
                            if (handler == null) {
                                gate.authenticate(http);
                                String allowed =
                                        methods.keySet().stream()
                                                .map(HttpMethod::name)
                                                .collect(Collectors.joining(", "));
                                http.response().putHeader("allow", allowed);
                                throw notAllowed(http, allowed);
                            }
                            handler.handle(http);
                        })
                .failureHandler(HttpApi::fail);
    }

    private static void always(Route route, Handler<RoutingContext> handler) {
        route.handler(handler).failureHandler(HttpApi::fail);
    }

    private static void fail(RoutingContext http) {
        Throwable failure = http.failure();
        boolean refused = http.statusCode() >= 400 && http.statusCode() < 500;
        if (refused && !(failure instanceof ApiException)) {
            Replies.fail(http, malformed(http.statusCode()));
            return;
        }
        Replies.fail(http, failure == null ? notFound() : failure);
    }

    /** What the server's own checks refuse before a path is looked for. */
    private static ApiException malformed(int status) {
        return new ApiException(
                ApiError.of(
                        status,
                        ApiError.INVALID_REQUEST,
                        "malformed_request",
                        "The request's head is malformed; check its path and its Host header."));
    }

    private static ApiException notFound() {
        return new ApiException(
                ApiError.of(
                        404,
                        ApiError.INVALID_REQUEST,
                        "not_found",
                        "There is nothing at this path; the API is below /v1, as in"
                                + " POST /v1/chat/completions, and its administration below"
                                + " /admin/v1."));
    }

    private static ApiException notAllowed(RoutingContext http, String allowed) {
        return new ApiException(
                ApiError.of(
                        405,
                        ApiError.INVALID_REQUEST,
                        "method_not_allowed",
                        "%s is not allowed here; use %s."
                                .formatted(http.request().method().name(), allowed)));
    }
}
