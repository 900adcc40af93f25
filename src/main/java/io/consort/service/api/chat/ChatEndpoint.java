package io.consort.service.api.chat;

import io.consort.router.policy.Decision;
import io.consort.service.api.ApiException;
import io.consort.service.api.Call;
import io.consort.service.api.Callers;
import io.consort.service.api.Gate;
import io.consort.service.api.Models;
import io.consort.service.api.Replies;
import io.consort.service.limit.Admission;
import io.consort.service.roster.Roster;
import io.consort.service.store.DecisionRow.Outcome;
import io.consort.service.store.Ids;
import io.consort.service.store.Principal;
import io.consort.service.tenant.Lease;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;

/** Answers {@code POST /v1/chat/completions}, all the way on the request's event loop. */
public final class ChatEndpoint {

    private final Gate gate;
    private final Callers callers;
    private final Admissions admissions;
    private final DecisionLog log;
    private final Ids ids;
    private final Clock clock;

    /** An endpoint that answers with the experts of whoever calls. */
    public ChatEndpoint(
            Gate gate,
            Callers callers,
            Admissions admissions,
            DecisionLog log,
            Ids ids,
            Clock clock) {
        this.gate = gate;
        this.callers = callers;
        this.admissions = admissions;
        this.log = log;
        this.ids = ids;
        this.clock = clock;
    }

    /** A chat request's way through the service. */
    public void handle(RoutingContext http) {
        Principal caller = gate.authenticate(http);
        gate.receive(
                http,
                caller,
                call -> {
                    Exchange exchange = admit(call);
                    exchange.loop().run(() -> decide(exchange, () -> answer(exchange)));
                });
    }

    private Exchange admit(Call call) {
        log.requireRoom();
        ChatBody body = ChatBodyReader.read(call.body());
        long created = clock.instant().getEpochSecond();
        Lease lease = callers.lease(call);
        Admission admission;
        try {
            admission = admissions.admit(call, body.request());
        } catch (ApiException refused) {
            lease.close();
            throw refused;
        }
        Exchange exchange =
                new Exchange(call, lease, admission, body, ids.next(), created, this::fail);
        HttpServerResponse response = call.http().response();
        response.closeHandler(_ -> leave(exchange));
        response.exceptionHandler(_ -> leave(exchange));
        return exchange;
    }

    private void decide(Exchange exchange, Runnable next) {
        ChatBody body = exchange.body();
        Roster roster = exchange.tenancy().roster();
        CompletionStage<Decision> deciding =
                roster.decide(
                        Models.policy(roster, body.model()),
                        body.request().messages(),
                        ThreadLocalRandom.current().nextDouble());
        exchange.loop()
                .when(
                        deciding,
                        decision -> {
                            if (!exchange.ended()) {
                                exchange.decided(decision);
                                roster.foresee(decision);
                                next.run();
                            }
                        });
    }

    private void answer(Exchange exchange) {
        new Asking(exchange, this::record, log).begin();
    }

    private void record(Exchange exchange, Outcome outcome) {
        Admissions.settle(exchange);
        log.record(exchange, outcome);
    }

    private void fail(Exchange exchange, Throwable defect) {
        HttpServerResponse response = exchange.call().http().response();
        if (exchange.end()) {
            exchange.cancellation().cancel();
            record(exchange, response.headWritten() ? Outcome.BROKEN : Outcome.FAILED);
        }
        Replies.fail(exchange.call().http(), defect);
    }

    private void leave(Exchange exchange) {
        if (exchange.end()) {
            exchange.cancellation().cancel();
            record(exchange, Outcome.CANCELLED);
        }
    }
}
