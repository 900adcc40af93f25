package io.consort.service.api.chat;

import io.consort.experts.chat.Answer;
import io.consort.experts.chat.ChatCall;
import io.consort.experts.chat.ExpertException;
import io.consort.service.api.ApiError;
import io.consort.service.api.Replies;
import io.consort.service.roster.Roster;
import io.consort.service.store.DecisionRow.Failure;
import io.consort.service.store.DecisionRow.Outcome;
import io.consort.service.store.Ids;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Asks a decision's experts in their order until one answers, and sends the answer. The next one is
 * asked only while nothing was sent. Confined to the request's event loop.
 */
final class Asking {

    private static final Logger LOG = Logger.getLogger(Asking.class.getName());

    private final Exchange exchange;
    private final Roster roster;
    private final Recorder recorder;
    private final List<String> experts;
    private int place;

    Asking(Exchange exchange, Roster roster, Recorder recorder) {
        this.exchange = exchange;
        this.roster = roster;
        this.recorder = recorder;
        this.experts = exchange.decision().experts();
    }

    /** Begins with the first expert. */
    void begin() {
        if (experts.isEmpty()) {
            exchange.asks(AnswerHeaders.SELF);
            reply(SelfAnswer.of(roster.catalog()), Outcome.DECLINED);
        } else {
            ask();
        }
    }

    private void ask() {
        String expert = experts.get(place);
        exchange.asks(expert);
        exchange.loop().whenEither(open(expert), this::opened);
    }

    private CompletionStage<Answer> open(String expert) {
        try {
            return roster.expert(expert)
                    .open(
                            new ChatCall(
                                    Ids.completion(exchange.id()),
                                    exchange.body().request(),
                                    exchange.cancellation()));
        } catch (RuntimeException defect) {
            return CompletableFuture.failedStage(defect);
        }
    }

    private void opened(@Nullable Answer answer, @Nullable Throwable failure) {
        if (answer == null) {
            failed(failure == null ? new IllegalStateException("no answer") : failure);
        } else {
            reply(answer, Outcome.ANSWERED);
        }
    }

    private void reply(Answer answer, Outcome success) {
        boolean stream = exchange.body().request().stream();
        switch (answer) {
            case Answer.Complete complete when !stream ->
                    new WholeReply(exchange, success, recorder, this::failed).send(complete);
            case Answer.Complete _ ->
                    failed(
                            ExpertException.of(
                                    ExpertException.Kind.GARBLED,
                                    "it answered whole what was asked for as a stream"));
            case Answer.Streaming(var events) when stream -> {
                StreamReply reply = new StreamReply(exchange, success, recorder);
                reply.begin();
                events.subscribe(reply);
            }
            case Answer.Streaming(var events) ->
                    events.subscribe(new WholeReply(exchange, success, recorder, this::failed));
        }
    }

    private void failed(Throwable thrown) {
        if (exchange.ended()) {
            return;
        }
        ExpertException failure = known(thrown);
        if (failure.kind().fallsBack() && place + 1 < experts.size()) {
            exchange.failed(
                    new Failure(
                            exchange.expert(),
                            failure.kind().name(),
                            String.valueOf(failure.getMessage())));
            place++;
            ask();
        } else if (exchange.end()) {
            recorder.record(exchange, Outcome.FAILED);
            ApiError error = ExpertErrors.of(exchange.expert(), failure, exchange.failures());
            AnswerHeaders.put(exchange, exchange.call().http().response());
            Replies.fail(exchange.call().http(), error);
        }
    }

    private ExpertException known(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null
                        ? thrown.getCause()
                        : thrown;
        if (cause instanceof ExpertException known) {
            return known;
        }
        LOG.log(Level.SEVERE, "The expert " + exchange.expert() + " failed unexpectedly", cause);
        return ExpertException.of(
                ExpertException.Kind.UPSTREAM,
                "it failed unexpectedly; the service's log says more");
    }
}
