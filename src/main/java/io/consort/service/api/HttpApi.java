package io.consort.service.api;

import io.consort.service.api.chat.ChatEndpoint;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;

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
        admin.mount((path, method, handler) -> only(router.route(path), method, handler));
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
        route.handler(
                        http -> {
                            if (!http.request().method().equals(method)) {
                                gate.authenticate(http);
                                http.response().putHeader("allow", method.name());
                                throw notAllowed(http, method);
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

    private static ApiException notAllowed(RoutingContext http, HttpMethod method) {
        return new ApiException(
                ApiError.of(
                        405,
                        ApiError.INVALID_REQUEST,
                        "method_not_allowed",
                        "%s is not allowed here; use %s."
                                .formatted(http.request().method().name(), method.name())));
    }
}
