package io.consort.service.api;

import io.consort.service.api.chat.ChatEndpoint;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
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

    /** Puts the API's paths into a server's router. */
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
        Map<String, Map<HttpMethod, Handler<RoutingContext>>> paths = new LinkedHashMap<>();
        admin.mount((path, method, handler) ->
                paths.computeIfAbsent(path, _ -> new LinkedHashMap<>()).put(method, handler));
        paths.forEach((path, methods) -> only(router.route(path), methods));
        for (String closed : List.of("/v1/*", "/admin/v1/*")) {
            unknown(
                    router.route(closed),
                    http -> {
                        gate.authenticate(http);
                        throw notFound();
                    });
        }
        unknown(
                router.route().order(Integer.MAX_VALUE),
                http -> {
                    throw notFound();
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

    private static void unknown(Route route, Handler<RoutingContext> handler) {
        route.handler(handler).failureHandler(HttpApi::fail);
    }

    private static void fail(RoutingContext http) {
        Throwable failure = http.failure();
        Replies.fail(http, failure == null ? notFound() : failure);
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
