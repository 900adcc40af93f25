package io.consort.service.stage;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A server that speaks OpenAI's dialect. The model that it is asked for says how it behaves; what it
 * saw can be looked up by model.
 */
public final class Upstream implements AutoCloseable {

    private static final String USAGE =
            "\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":2,\"total_tokens\":9}";

    /** The call, from 0, that the model of this name never answers. */
    public static final int DAWDLES = 40;

    /** Pieces of a slow answer. */
    public static final int SLOW_CHUNKS = 20;

    private final Vertx vertx;
    private final HttpServer server;
    private final Map<String, String> bodies = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> written = new ConcurrentHashMap<>();
    private final CompletableFuture<@Nullable Void> gate = new CompletableFuture<>();
    private final CountDownLatch waiting = new CountDownLatch(1);
    private final Map<String, CountDownLatch> left = new ConcurrentHashMap<>();

    private Upstream(Vertx vertx) {
        this.vertx = vertx;
        this.server = vertx.createHttpServer().requestHandler(this::receive);
    }

    /** A server on a free port. */
    public static Upstream start() {
        Upstream upstream = new Upstream(Vertx.vertx());
        upstream.server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
        return upstream;
    }

    /** Where it listens. */
    public int port() {
        return server.actualPort();
    }

    /** The last body that asked for this model. */
    public String body(String model) {
        return Optional.ofNullable(bodies.get(model)).orElse("");
    }

    /** How many chunks the endless stream of this model has produced. */
    public int written(String model) {
        return written.computeIfAbsent(model, _ -> new AtomicInteger()).get();
    }

    /** Opens when a caller of this model leaves before the answer is complete; used once. */
    public CountDownLatch left(String model) {
        return left.computeIfAbsent(model, _ -> new CountDownLatch(1));
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void receive(HttpServerRequest request) {
        request.body()
                .onSuccess(body -> {
                    JsonObject json = body.toJsonObject();
                    String model = json.getString("model");
                    bodies.put(model, body.toString());
                    boolean stream = json.getBoolean("stream", false);
                    answer(request, model, stream, json);
                });
    }

    private void answer(HttpServerRequest request, String model, boolean stream, JsonObject body) {
        HttpServerResponse response = request.response();
        response.exceptionHandler(_ -> {});
        switch (model.contains("#") ? model.substring(0, model.indexOf('#')) : model) {
            case "rejects" ->
                    error(
                            response,
                            400,
                            "{\"error\":{\"message\":\"no such voice\",\"type\":\"invalid_request_error\",\"param\":\"voice\",\"code\":\"bad_voice\"}}");
            case "busy" ->
                    error(
                            response.putHeader("retry-after", "7"),
                            429,
                            "{\"error\":{\"message\":\"slow down\"}}");
            case "fails" -> error(response, 500, "{\"error\":{\"message\":\"boom\"}}");
            case "garbles" ->
                    response.putHeader("content-type", "text/html").end("<html>hello</html>");
            case "waits" -> leaving(response, model);
            case "dawdles" -> {
                int before =
                        written.computeIfAbsent(model, _ -> new AtomicInteger()).getAndIncrement();
                if (before != DAWDLES) {
                    answer(response, stream, "\"content\":\"Hello\"", "stop", body);
                }
            }
            case "endless" -> {
                leaving(response, model);
                chunked(response);
                endless(response, written.computeIfAbsent(model, _ -> new AtomicInteger()));
            }
            case "breaks" -> {
                chunked(response)
                        .write(chunk("{\"role\":\"assistant\",\"content\":\"Hel\"}", "null"));
                vertx.setTimer(50, _ -> request.connection().close());
            }
            case "gated" -> gated(chunked(response));
            case "slow" -> slow(chunked(response), SLOW_CHUNKS);
            case "calls" -> answer(response, stream, TOOL_CALLS, "tool_calls", body);
            case "sure" -> answer(response, stream, said("Surely", -0.05, body), "stop", body);
            case "hesitant" -> answer(response, stream, said("Perhaps", -2, body), "stop", body);
            case "wavers" ->
                    answer(
                            response,
                            stream,
                            "\"content\":\"I say %s\"".formatted(body.getInteger("seed", 0)),
                            "stop",
                            body);
            default -> answer(response, stream, "\"content\":\"Hello\"", "stop", body);
        }
    }

    /** A delta and, where they are asked for, log-probabilities, which the caller's braces enclose. */
    private static String said(String text, double logprob, JsonObject body) {
        String content = "\"content\":\"%s\"".formatted(text);
        return body.getBoolean("logprobs", false)
                ? content
                        + "},\"logprobs\":{\"content\":[{\"token\":\"%s\",\"logprob\":%s,\"bytes\":null,\"top_logprobs\":[]}]"
                                .formatted(text, logprob)
                : content;
    }

    private static final String TOOL_CALLS =
            "\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"{\\\"city\\\":\\\"Rome\\\"}\"}}]";

    private static void answer(
            HttpServerResponse response,
            boolean stream,
            String delta,
            String reason,
            JsonObject body) {
        if (!stream) {
            response.putHeader("content-type", "application/json")
                    .end(
                            "{\"id\":\"chatcmpl-up1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"upstream-name\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                                    + delta
                                    + "},\"finish_reason\":\""
                                    + reason
                                    + "\"}],"
                                    + USAGE
                                    + ",\"x_unknown\":[1.50,2]}");
            return;
        }
        chunked(response).write(chunk("{\"role\":\"assistant\"," + delta + "}", "null"));
        response.write(chunk("{}", "\"" + reason + "\""));
        if (body.getJsonObject("stream_options", new JsonObject())
                .getBoolean("include_usage", false)) {
            response.write(
                    "data: {\"id\":\"chatcmpl-up1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"upstream-name\",\"choices\":[],"
                            + USAGE
                            + "}\n\n");
        }
        response.end("data: [DONE]\n\n");
    }

    private static String chunk(String delta, String reason) {
        return "data: {\"id\":\"chatcmpl-up1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"upstream-name\",\"x_unknown\":1.50,\"choices\":[{\"index\":0,\"delta\":"
                + delta
                + ",\"finish_reason\":"
                + reason
                + "}]}\n\n";
    }

    private static HttpServerResponse chunked(HttpServerResponse response) {
        return response.putHeader("content-type", "text/event-stream").setChunked(true);
    }

    private static void error(HttpServerResponse response, int status, String json) {
        response.setStatusCode(status).putHeader("content-type", "application/json").end(json);
    }

    private void leaving(HttpServerResponse response, String model) {
        response.closeHandler(_ -> left(model).countDown());
    }

    /** Writes one chunk at once, and the rest when the gate is opened. */
    private void gated(HttpServerResponse response) {
        response.write(chunk("{\"content\":\"be\"}", "null"));
        var _ =
                gate.thenRun(() ->
                        response.end(
                                chunk("{\"content\":\"gun\"}", "null")
                                        + chunk("{}", "\"stop\"")
                                        + "data: [DONE]\n\n"));
        waiting.countDown();
    }

    /** Waits until somebody stands before the gate, opens it after the work, once and for all. */
    public void whileGated(Runnable work) throws InterruptedException {
        if (!waiting.await(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("nobody asks the model gated");
        }
        try {
            work.run();
        } finally {
            gate.complete(null);
        }
    }

    /** Writes a chunk every tenth of a second, then ends. */
    private void slow(HttpServerResponse response, int left) {
        if (left == 0) {
            response.end(chunk("{}", "\"stop\"") + "data: [DONE]\n\n");
            return;
        }
        response.write(chunk("{\"content\":\"x\"}", "null"));
        vertx.setTimer(100, _ -> slow(response, left - 1));
    }

    /** Writes as long as the reader reads. */
    private static void endless(HttpServerResponse response, AtomicInteger count) {
        Buffer chunk = Buffer.buffer(chunk("{\"content\":\"" + "x".repeat(4096) + "\"}", "null"));
        while (!response.closed() && !response.writeQueueFull()) {
            count.incrementAndGet();
            response.write(chunk);
        }
        if (!response.closed()) {
            response.drainHandler(_ -> endless(response, count));
        }
    }
}
