package io.consort.service.api.chat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.consort.experts.chat.AnswerEvent;
import io.consort.experts.chat.AnswerEvent.Used;
import io.consort.experts.chat.AnswerEvent.Verbatim;
import io.consort.experts.chat.ExpertException;
import io.consort.service.api.Replies;
import io.consort.service.store.DecisionRow.Outcome;
import io.consort.service.store.Ids;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Sends an answer's events as they come. Asks for a few at a time, and for no more while the client
 * does not read.
 */
final class StreamReply implements Flow.Subscriber<AnswerEvent> {

    private static final CharSequence EVENT_STREAM =
            HttpHeaders.createOptimized("text/event-stream; charset=utf-8");
    private static final CharSequence NO_CACHE = HttpHeaders.createOptimized("no-cache");
    private static final byte[] DATA = "data: ".getBytes(US_ASCII);
    private static final byte[] END = "\n\n".getBytes(US_ASCII);
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(US_ASCII);
    private static final int WINDOW = 16;

    private final Exchange exchange;
    private final Outcome success;
    private final Recorder recorder;
    private final HttpServerResponse response;
    private final boolean includeUsage;
    private final ModelSplice splice;
    private final Chunks chunks;
    private Flow.@Nullable Subscription subscription;
    private int wanted;

    /**
     * A reply to this exchange.
     *
     * @param success what it means when all was sent
     */
    StreamReply(Exchange exchange, Outcome success, Recorder recorder) {
        this.exchange = exchange;
        this.success = success;
        this.recorder = recorder;
        this.response = exchange.call().http().response();
        this.includeUsage = exchange.body().request().includeUsage();
        this.splice = new ModelSplice(exchange.expert());
        this.chunks =
                new Chunks(
                        Ids.completion(exchange.id()),
                        exchange.created(),
                        exchange.expert(),
                        includeUsage);
    }

    /** Sends the head. */
    void begin() {
        exchange.begins();
        AnswerHeaders.put(exchange, response);
        response.putHeader(HttpHeaders.CONTENT_TYPE, EVENT_STREAM)
                .putHeader(HttpHeaders.CACHE_CONTROL, NO_CACHE)
                .setChunked(true);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        exchange.loop()
                .run(() -> {
                    subscription = given;
                    refill(given);
                });
    }

    @Override
    public void onNext(AnswerEvent event) {
        exchange.loop().run(() -> write(event));
    }

    @Override
    public void onError(Throwable failure) {
        exchange.loop().run(() -> breakOff(failure));
    }

    @Override
    public void onComplete() {
        exchange.loop().run(this::complete);
    }

    private void write(AnswerEvent event) {
        Flow.Subscription current = subscription;
        if (exchange.ended() || current == null) {
            return;
        }
        try {
            exchange.passes();
            send(event);
        } catch (RuntimeException defect) {
            current.cancel();
            breakOff(defect);
            return;
        }
        wanted--;
        if (wanted > 0) {
            return;
        }
        if (response.writeQueueFull()) {
            response.drainHandler(_ -> refill(current));
        } else {
            refill(current);
        }
    }

    private void send(AnswerEvent event) {
        switch (event) {
            case Verbatim(byte[] json, var usage, boolean usageOnly) -> {
                exchange.used(usage);
                if (!usageOnly || includeUsage) {
                    response.write(splice.apply(DATA, json, END));
                }
            }
            case Used(var usage) -> {
                exchange.used(Optional.of(usage));
                if (includeUsage) {
                    response.write(framed(chunks.json(event)));
                }
            }
            case AnswerEvent.Text _,
                    AnswerEvent.Reasoning _,
                    AnswerEvent.ToolCall _,
                    AnswerEvent.Finish _ ->
                    response.write(framed(chunks.json(event)));
        }
    }

    private void refill(Flow.Subscription current) {
        if (wanted <= 0 && !exchange.ended()) {
            wanted = WINDOW;
            current.request(WINDOW);
        }
    }

    private void complete() {
        if (exchange.end()) {
            exchange.upstreamId(splice.id());
            recorder.record(exchange, success);
            response.end(Buffer.buffer(DONE));
        }
    }

    private void breakOff(Throwable failure) {
        if (!exchange.end()) {
            return;
        }
        exchange.upstreamId(splice.id());
        recorder.record(exchange, Outcome.BROKEN);
        byte[] error =
                (failure instanceof ExpertException known
                                ? ExpertErrors.of(exchange.expert(), known, List.of())
                                : Replies.unexpected(failure))
                        .json();
        response.end(framed(error));
    }

    private static Buffer framed(byte[] json) {
        return Buffer.buffer(DATA.length + json.length + END.length)
                .appendBytes(DATA)
                .appendBytes(json)
                .appendBytes(END);
    }
}
