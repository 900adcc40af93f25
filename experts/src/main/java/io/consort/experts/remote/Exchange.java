package io.consort.experts.remote;

import io.consort.experts.chat.Answer;
import io.consort.experts.chat.ChatCall;
import io.consort.experts.chat.ExpertException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.impl.ContextInternal;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One request to a server and its response, until the answer is open. All but {@link #opened} is
 * used on one Vert.x context only.
 */
final class Exchange {

    private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("x-request-id");
    private static final CharSequence TRACEPARENT = HttpHeaders.createOptimized("traceparent");
    private static final int LARGEST_ERROR = 64 << 10;
    private static final int LARGEST_COMPLETION = 64 << 20;
    private static final int RESET_CODE_CANCEL = 8;

    private final ContextInternal context;
    private final HttpFailures failures;
    private final boolean stream;
    private final CompletableFuture<Answer> opened = new CompletableFuture<>();
    private @Nullable HttpClientRequest request;
    private @Nullable SseAnswer answer;
    private boolean cancelled;

    Exchange(ContextInternal context, HttpFailures failures, boolean stream) {
        this.context = context;
        this.failures = failures;
        this.stream = stream;
    }

    CompletionStage<Answer> opened() {
        return opened;
    }

    void begin(HttpClient client, RequestOptions options, ChatCall call, Buffer body) {
        if (cancelled) {
            return;
        }
        try {
            client.request(options)
                    .onComplete(connected -> {
                        if (connected.succeeded()) {
                            send(connected.result(), call, body);
                        } else {
                            fail(failures.broken(connected.cause()));
                        }
                    });
        } catch (IllegalStateException closed) {
            fail(failures.broken(closed));
        }
    }

    /** There is no address to begin with. */
    void unreachable(Throwable cause) {
        fail(failures.broken(cause));
    }

    private void send(HttpClientRequest ready, ChatCall call, Buffer body) {
        // Failures come through the response; without a handler they would be logged too.
        ready.exceptionHandler(_ -> {});
        if (cancelled) {
            ready.reset(RESET_CODE_CANCEL);
            return;
        }
        request = ready;
        ready.putHeader(REQUEST_ID, call.id());
        if (call.traceparent().isPresent()) {
            ready.putHeader(TRACEPARENT, call.traceparent().get());
        }
        ready.send(body)
                .onComplete(responded -> {
                    if (responded.succeeded()) {
                        receive(responded.result());
                    } else {
                        fail(failures.broken(responded.cause()));
                    }
                });
    }

    private void receive(HttpClientResponse response) {
        // Whoever reads on sets another; without any, what a refused response does would be logged.
        response.exceptionHandler(_ -> {});
        if (response.statusCode() != 200) {
            BodyCollector.collect(response, LARGEST_ERROR, true)
                    .onComplete(body ->
                            fail(
                                    failures.answered(
                                            response.statusCode(),
                                            response.headers(),
                                            body.succeeded() ? body.result() : new byte[0])));
            return;
        }
        String type = contentType(response);
        if (stream && type.startsWith("text/event-stream")) {
            SseAnswer events = new SseAnswer(context, failures, response, this::reset, opened);
            answer = events;
            events.begin();
            return;
        }
        if (!type.isEmpty() && !type.contains("json")) {
            refuse("an answer of type \"%s\"".formatted(type));
            return;
        }
        BodyCollector.collect(response, LARGEST_COMPLETION, false)
                .onComplete(body -> {
                    if (body.succeeded()) {
                        complete(body.result());
                    } else {
                        fail(
                                body.cause() instanceof MalformedStreamException tooLong
                                        ? failures.garbled(String.valueOf(tooLong.getMessage()))
                                        : failures.broken(body.cause()));
                        reset();
                    }
                });
    }

    private static String contentType(HttpClientResponse response) {
        String type = response.getHeader(HttpHeaders.CONTENT_TYPE);
        return type == null ? "" : type.toLowerCase(Locale.ROOT);
    }

    private void complete(byte[] json) {
        ChunkFacts facts;
        try {
            facts = ChunkFacts.of(json);
        } catch (MalformedJsonException malformed) {
            fail(failures.garbled("an answer that is no JSON: " + malformed.getMessage()));
            return;
        }
        if (facts.error().isPresent()) {
            fail(failures.reported(facts.error().get()));
        } else if (stream) {
            fail(failures.garbled("a whole answer where a stream was asked for"));
        } else if (!facts.hasChoices()) {
            fail(failures.garbled("an answer without `choices`"));
        } else {
            opened.complete(new Answer.Complete(json, facts.usage()));
        }
    }

    private void refuse(String what) {
        fail(failures.garbled(what));
        reset();
    }

    private void fail(ExpertException failure) {
        opened.completeExceptionally(failure);
    }

    /** Stops everything: an unopened answer fails, an open one ends as cancelled. */
    void cancel() {
        cancelled = true;
        if (!opened.isDone()) {
            fail(failures.cancelled());
            reset();
        } else if (answer != null) {
            answer.callCancelled();
        }
    }

    private void reset() {
        if (request != null) {
            request.reset(RESET_CODE_CANCEL);
        }
    }
}
