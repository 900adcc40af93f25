package io.consort.experts.remote;

import io.consort.experts.ExpertSource;
import io.consort.experts.chat.Answer;
import io.consort.experts.chat.ChatCall;
import io.consort.experts.chat.ChatExpert;
import io.consort.experts.chat.ChatRequest;
import io.consort.experts.chat.ExpertException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.impl.ContextInternal;
import java.net.URI;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A server that speaks the OpenAI dialect. What the client sent goes to the server, and what the
 * server says goes back, byte for byte; only the model's name is another, and usage is asked for in
 * streams where the catalog allows it.
 *
 * <p>A call made on an event loop is served on that event loop, without changing threads; events of
 * other callers come on an event loop too.
 */
public final class OpenAiExpert implements ChatExpert {

    private final String id;
    private final Vertx vertx;
    private final HttpClient client;
    private final boolean asksForUsage;
    private final RequestBody requestBody;
    private final Destination destination;
    private final HttpFailures failures;

    /**
     * @param client closed with the expert
     * @param clock to understand dates in {@code Retry-After}
     */
    public OpenAiExpert(
            String id,
            ExpertSource.OpenAi source,
            Vertx vertx,
            HttpClient client,
            InstantSource clock) {
        this(id, source, vertx, client, clock, new FixedDestination(options(source)));
    }

    /**
     * @param client closed with the expert
     * @param clock to understand dates in {@code Retry-After}
     * @param destination for the options of {@link #options}
     */
    OpenAiExpert(
            String id,
            ExpertSource.OpenAi source,
            Vertx vertx,
            HttpClient client,
            InstantSource clock,
            Destination destination) {
        this.id = id;
        this.vertx = vertx;
        this.client = client;
        asksForUsage = source.includeUsage();
        requestBody = new RequestBody(source.model());
        this.destination = destination;
        failures = new HttpFailures(id, clock, Redaction.of(source));
    }

    /** What every request to this source has in common. */
    static RequestOptions options(ExpertSource.OpenAi source) {
        URI base = source.baseUrl();
        boolean tls = "https".equalsIgnoreCase(base.getScheme());
        int port = base.getPort() >= 0 ? base.getPort() : tls ? 443 : 80;
        RequestOptions options =
                new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setHost(base.getHost())
                        .setPort(port)
                        .setSsl(tls)
                        .setURI(base.getRawPath() + "/chat/completions");
        options.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        options.putHeader(HttpHeaders.USER_AGENT, "consort");
        source.apiKey()
                .ifPresent(key ->
                        options.putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + key.value()));
        source.headers().forEach((name, value) -> options.putHeader(name, value.value()));
        return options;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public CompletionStage<Answer> open(ChatCall call) {
        if (call.cancellation().isCancelled()) {
            return CompletableFuture.failedFuture(failures.cancelled());
        }
        ChatRequest request = call.request();
        boolean askForUsage = asksForUsage && request.stream() && !request.includeUsage();
        Buffer body;
        try {
            body = Buffer.buffer(requestBody.from(request.body(), askForUsage));
        } catch (MalformedJsonException malformed) {
            return CompletableFuture.failedFuture(
                    ExpertException.unsupported(
                            "body", "The request is no JSON object: " + malformed.getMessage()));
        }
        ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
        Exchange exchange = new Exchange(context, failures, request.stream());
        RequestOptions options = destination.known();
        if (options == null) {
            findAndBegin(exchange, context, call, body);
        } else if (context.inThread()) {
            exchange.begin(client, options, call, body);
        } else {
            context.runOnContext(_ -> exchange.begin(client, options, call, body));
        }
        call.cancellation().onCancel(() -> context.execute(exchange::cancel));
        return exchange.opened();
    }

    private void findAndBegin(
            Exchange exchange, ContextInternal context, ChatCall call, Buffer body) {
        var _ =
                destination
                        .find()
                        .whenComplete((options, failure) ->
                                context.runOnContext(_ -> {
                                    if (failure == null) {
                                        exchange.begin(client, options, call, body);
                                    } else {
                                        exchange.unreachable(failure);
                                    }
                                }));
    }

    @Override
    public void close() {
        client.close();
    }
}
