package io.consort.service.chaos.cluster;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;

/**
 * A server that speaks OpenAI's dialect: answers at once, or streams numbered pieces for a long time.
 */
final class FakeExpert implements AutoCloseable {

    /** Tokens that it says every prompt had. */
    static final long PROMPT_TOKENS = 7;

    /** Pieces of a stream, numbered from 0. */
    static final int PIECES = 120;

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final String USAGE =
            "\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":2,\"total_tokens\":9}"
                    .formatted(PROMPT_TOKENS);
    private static final String WHOLE =
            "{\"id\":\"x\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Yes.\"},\"finish_reason\":\"stop\"}],"
                    + USAGE
                    + "}";
    private static final String CHUNK =
            "data: {\"id\":\"x\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[";

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server = vertx.createHttpServer().requestHandler(this::receive);

    private FakeExpert() {}

    /** One on a free port of the loopback address. */
    static FakeExpert start() {
        FakeExpert expert = new FakeExpert();
        expert.server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
        return expert;
    }

    int port() {
        return server.actualPort();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void receive(HttpServerRequest request) {
        request.body()
                .onSuccess(body -> {
                    HttpServerResponse response = request.response();
                    response.exceptionHandler(_ -> {});
                    if (body.toString().contains("\"stream\":true")) {
                        piece(
                                response.putHeader("content-type", "text/event-stream")
                                        .setChunked(true),
                                0);
                    } else {
                        response.putHeader("content-type", "application/json").end(WHOLE);
                    }
                });
    }

    private void piece(HttpServerResponse response, int number) {
        if (response.closed()) {
            return;
        }
        if (number == PIECES) {
            response.end(
                    CHUNK
                            + "{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
                            + CHUNK
                            + "],"
                            + USAGE
                            + "}\n\ndata: [DONE]\n\n");
            return;
        }
        response.write(
                CHUNK
                        + "{\"index\":0,\"delta\":{\"content\":\"%d \"},\"finish_reason\":null}]}\n\n"
                                .formatted(number));
        vertx.setTimer(PAUSE.toMillis(), _ -> piece(response, number + 1));
    }
}
