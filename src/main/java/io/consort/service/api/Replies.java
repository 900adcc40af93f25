package io.consort.service.api;

import io.consort.router.signal.EmbedderBusyException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Answers that are not streams. Called on the request's event loop. */
public final class Replies {

    /** The media type of every answer that is not a stream. */
    public static final CharSequence JSON = HttpHeaders.createOptimized("application/json");

    private static final CharSequence RETRY_AFTER = HttpHeaders.createOptimized("retry-after");
    private static final Logger LOG = Logger.getLogger(Replies.class.getName());

    private Replies() {}

    /** Sends a whole JSON value. */
    public static void send(RoutingContext http, byte[] json) {
        http.response().putHeader(HttpHeaders.CONTENT_TYPE, JSON).end(Buffer.buffer(json));
    }

    /**
     * Sends the error that a failure means; an answer that has begun is broken off instead. What is no
     * error of the request is logged under an id that the client gets to see.
     */
    public static void fail(RoutingContext http, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        if (cause instanceof ApiException expected) {
            fail(http, expected.error());
            return;
        }
        if (cause instanceof EmbedderBusyException busy) {
            fail(http, overloaded(String.valueOf(busy.getMessage())));
            return;
        }
        fail(http, unexpected(cause));
    }

    /** The error for work that has to wait. */
    public static ApiError overloaded(String message) {
        return ApiError.of(503, ApiError.SERVER, "overloaded", message)
                .retryAfter(Duration.ofSeconds(1));
    }

    /** Sends an error; an answer that has begun is broken off instead. */
    public static void fail(RoutingContext http, ApiError error) {
        HttpServerResponse response = http.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            http.request().connection().close();
            return;
        }
        error.retryAfter()
                .ifPresent(wait ->
                        response.putHeader(
                                RETRY_AFTER,
                                Long.toString(Math.max(1, Math.ceilDiv(wait.toMillis(), 1_000)))));
        if (error.status() == 401) {
            response.putHeader("www-authenticate", "Bearer");
        }
        if (error.status() == 408 || error.status() == 413) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        response.setStatusCode(error.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                .end(Buffer.buffer(error.json()));
    }

    /** The error for a defect of ours, which is logged. */
    public static ApiError unexpected(Throwable defect) {
        String id = UUID.randomUUID().toString();
        LOG.log(Level.SEVERE, "Unexpected failure " + id, defect);
        return ApiError.of(
                500,
                ApiError.SERVER,
                "internal_error",
                "Something went wrong in the service; its log says more under %s.".formatted(id));
    }
}
