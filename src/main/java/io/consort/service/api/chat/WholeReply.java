package io.consort.service.api.chat;

import io.consort.experts.chat.Answer;
import io.consort.experts.chat.AnswerEvent;
import io.consort.experts.chat.ExpertException;
import io.consort.service.api.Replies;
import io.consort.service.store.DecisionRow.Outcome;
import io.consort.service.store.Ids;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sends an answer in one piece, once all of it is there. */
final class WholeReply implements Flow.Subscriber<AnswerEvent> {

    private static final byte[] NOTHING = {};
    private static final int WINDOW = 64;

    private final Exchange exchange;
    private final Outcome success;
    private final Recorder recorder;
    private final Consumer<Throwable> failed;
    private final Collected collected = new Collected();
    private Flow.@Nullable Subscription subscription;
    private int wanted;

    /**
     * A reply to this exchange.
     *
     * @param success what it means when all was sent
     * @param failed told why the answer broke off; nothing is sent by then
     */
    WholeReply(Exchange exchange, Outcome success, Recorder recorder, Consumer<Throwable> failed) {
        this.exchange = exchange;
        this.success = success;
        this.recorder = recorder;
        this.failed = failed;
    }

    /** Sends what a server has already put together. */
    void send(Answer.Complete answer) {
        ModelSplice splice = new ModelSplice(exchange.expert());
        Buffer out = splice.apply(NOTHING, answer.json(), NOTHING);
        exchange.upstreamId(splice.id());
        exchange.used(answer.usage());
        send(out);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        exchange.loop()
                .run(() -> {
                    subscription = given;
                    wanted = WINDOW;
                    given.request(WINDOW);
                });
    }

    @Override
    public void onNext(AnswerEvent event) {
        exchange.loop().run(() -> add(event));
    }

    @Override
    public void onError(Throwable failure) {
        exchange.loop().run(() -> failed.accept(failure));
    }

    @Override
    public void onComplete() {
        exchange.loop()
                .run(() -> {
                    exchange.used(collected.usage());
                    send(
                            Buffer.buffer(
                                    collected.json(
                                            Ids.completion(exchange.id()),
                                            exchange.created(),
                                            exchange.expert())));
                });
    }

    private void add(AnswerEvent event) {
        Flow.Subscription current = subscription;
        if (exchange.ended() || current == null) {
            return;
        }
        try {
            collected.add(event);
        } catch (ExpertException garbled) {
            current.cancel();
            failed.accept(garbled);
            return;
        }
        wanted--;
        if (wanted == 0) {
            wanted = WINDOW;
            current.request(WINDOW);
        }
    }

    private void send(Buffer completion) {
        if (!exchange.end()) {
            return;
        }
        exchange.begins();
        HttpServerResponse response = exchange.call().http().response();
        AnswerHeaders.put(exchange, response);
        recorder.record(exchange, success);
        response.putHeader(HttpHeaders.CONTENT_TYPE, Replies.JSON).end(completion);
    }
}
