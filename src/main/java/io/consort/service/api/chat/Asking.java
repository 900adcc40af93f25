package io.consort.service.api.chat;

import io.consort.experts.chat.Answer;
import io.consort.experts.chat.ChatCall;
import io.consort.experts.chat.ExpertException;
import io.consort.experts.chat.Usage;
import io.consort.router.policy.Escalation;
import io.consort.service.api.ApiError;
import io.consort.service.api.RateLimits;
import io.consort.service.api.Replies;
import io.consort.service.cascade.Held;
import io.consort.service.cascade.Holding;
import io.consort.service.limit.Exceeded;
import io.consort.service.limit.Reckoning;
import io.consort.service.roster.Roster;
import io.consort.service.store.DecisionRow.Failure;
import io.consort.service.store.DecisionRow.Outcome;
import io.consort.service.store.Ids;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
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
    private final DecisionLog log;
    private final List<String> experts;
    private int place;
    private @Nullable Spare spare;

    /** The answer of an expert that was not confident of it, should nobody else answer. */
    private record Spare(String expert, Held held, Failure failure) {}

    Asking(Exchange exchange, Recorder recorder, DecisionLog log) {
        this.exchange = exchange;
        this.roster = exchange.tenancy().roster();
        this.recorder = recorder;
        this.log = log;
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
        Optional<Exceeded> exceeded = Admissions.ask(exchange, expert);
        exchange.asks(expert);
        if (exceeded.isPresent()) {
            limited(exceeded.get());
            return;
        }
        Optional<Escalation> escalation = exchange.decision().escalation();
        if (escalation.isPresent() && place + 1 < experts.size()) {
            CompletionStage<Held> held =
                    begun(() -> Holding.of(roster.expert(expert), call(), escalation.get()));
            exchange.loop()
                    .whenEither(
                            held, (answer, failure) -> heard(answer, failure, escalation.get()));
        } else {
            exchange.loop()
                    .whenEither(begun(() -> roster.expert(expert).open(call())), this::opened);
        }
    }

    private ChatCall call() {
        return new ChatCall(
                Ids.completion(exchange.id()),
                exchange.body().request(),
                exchange.cancellation(),
                this::hedged,
                log.traceparent(exchange));
    }

    private void hedged(String expert, boolean secondAnswers) {
        exchange.loop()
                .run(() ->
                        exchange.failed(
                                new Failure(
                                        expert,
                                        Failure.HEDGED,
                                        secondAnswers
                                                ? "it was slow, and answers a second call"
                                                : "a second call was not needed after all")));
    }

    /** Goes on with another expert where the policy or a fall-back allows it. */
    private void limited(Exceeded exceeded) {
        String message = RateLimits.message(exceeded, exchange.call().caller().key());
        OptionalInt next = instead();
        if (next.isPresent()) {
            exchange.failed(new Failure(exchange.expert(), Failure.LIMITED, message));
            place = next.getAsInt();
            ask();
        } else if (spare != null) {
            exchange.failed(new Failure(exchange.expert(), Failure.LIMITED, message));
            giveUnsure(spare);
        } else if (exchange.end()) {
            exchange.admission().withdraw();
            recorder.record(exchange, Outcome.FAILED);
            AnswerHeaders.put(exchange, exchange.call().http().response());
            Replies.fail(
                    exchange.call().http(),
                    RateLimits.error(exceeded, exchange.call().caller().key()));
        }
    }

    /** Who may be asked in place of an expert that is limited. */
    private OptionalInt instead() {
        if (roster.catalog().thrifty().contains(exchange.decision().policy())) {
            long dear = Admissions.reckoned(exchange, experts.get(place));
            return IntStream.range(place + 1, experts.size())
                    .filter(other -> Admissions.reckoned(exchange, experts.get(other)) < dear)
                    .findFirst();
        }
        return !exchange.failures().isEmpty() && place + 1 < experts.size()
                ? OptionalInt.of(place + 1)
                : OptionalInt.empty();
    }

    private static <T> CompletionStage<T> begun(Supplier<CompletionStage<T>> work) {
        try {
            return work.get();
        } catch (RuntimeException defect) {
            return CompletableFuture.failedStage(defect);
        }
    }

    /** Gives the answer that was held back, or asks the next expert. */
    private void heard(@Nullable Held held, @Nullable Throwable failure, Escalation escalation) {
        if (held == null) {
            failed(failure == null ? new IllegalStateException("no answer") : failure);
            return;
        }
        if (exchange.ended()) {
            return;
        }
        if (held.isConfident(escalation.confidentAbove())) {
            held.used().stream().skip(1).forEach(usage -> log.spend(exchange, usage));
            reply(held.answer(), Outcome.ANSWERED);
            return;
        }
        Failure unsure = log.unsure(exchange, held, escalation);
        exchange.failed(unsure);
        exchange.admission()
                .left(
                        unsure.usage().map(Usage::totalTokens).orElse(0L),
                        Reckoning.nano(unsure.costUsd()));
        spare = new Spare(exchange.expert(), held, unsure);
        place++;
        ask();
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
        exchange.admission().left(0, 0);
        if (fallsBack(failure) && place + 1 < experts.size()) {
            exchange.failed(
                    new Failure(
                            exchange.expert(),
                            failure.kind().name(),
                            String.valueOf(failure.getMessage())));
            place++;
            ask();
        } else if (spare != null && fallsBack(failure)) {
            exchange.failed(
                    new Failure(
                            exchange.expert(),
                            failure.kind().name(),
                            String.valueOf(failure.getMessage())));
            giveUnsure(spare);
        } else if (exchange.end()) {
            recorder.record(exchange, Outcome.FAILED);
            ApiError error = ExpertErrors.of(exchange.expert(), failure, exchange.failures());
            AnswerHeaders.put(exchange, exchange.call().http().response());
            Replies.fail(exchange.call().http(), error);
        }
    }

    private void giveUnsure(Spare better) {
        spare = null;
        exchange.failures().remove(better.failure());
        exchange.asks(better.expert());
        better.held().used().stream().skip(1).forEach(usage -> log.spend(exchange, usage));
        reply(better.held().answer(), Outcome.ANSWERED);
    }

    /** Who is asked for log-probabilities that the client did not ask for may refuse them. */
    private boolean fallsBack(ExpertException failure) {
        boolean refused =
                failure.kind() == ExpertException.Kind.UNSUPPORTED
                        || failure.kind() == ExpertException.Kind.REJECTED;
        return failure.kind().fallsBack()
                || (refused && exchange.decision().escalation().isPresent());
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
