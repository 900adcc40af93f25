package io.consort.experts.remote;

import dev.langchain4j.model.chat.StreamingChatModel;
import io.consort.experts.chat.Answer;
import io.consort.experts.chat.ChatCall;
import io.consort.experts.chat.ChatExpert;
import io.consort.experts.chat.ChatRequest;
import io.consort.experts.chat.ExpertException;
import io.consort.experts.chat.ExpertException.Kind;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A provider with a dialect of its own, through a LangChain4j model. Its answers always come as
 * streams. Text, reasoning, tools and their choice, sampling, stop texts and usage are translated;
 * what LangChain4j has no word for is refused by name.
 */
final class LangChainExpert implements ChatExpert {

    private static final Set<String> HONOURED = Set.of("tools", "tool_choice");

    private final String id;
    private final StreamingChatModel model;
    private final LangChainFailures failures;
    private final Set<HandOver> inFlight = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * @param model over {@link StreamingHttp}
     * @param redaction of the provider's words
     */
    LangChainExpert(String id, StreamingChatModel model, Redaction redaction) {
        this.id = id;
        this.model = model;
        failures = new LangChainFailures(id, redaction);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public CompletionStage<Answer> open(ChatCall call) {
        if (call.cancellation().isCancelled()) {
            return CompletableFuture.failedFuture(cancelledFailure());
        }
        dev.langchain4j.model.chat.request.ChatRequest translated;
        try {
            checkHonoured(call.request());
            translated = LangChainRequest.of(call.request());
        } catch (ExpertException refusal) {
            return CompletableFuture.failedFuture(refusal);
        }
        HandOver handOver = new HandOver();
        inFlight.add(handOver);
        if (closed) {
            handOver.fail(closedFailure());
        }
        call.cancellation()
                .onCancel(() -> {
                    handOver.fail(cancelledFailure());
                    inFlight.remove(handOver);
                });
        if (!handOver.isOver()) {
            Thread.ofVirtual().name("expert-" + id).start(() -> ask(translated, handOver));
        }
        return handOver.opened();
    }

    private void ask(dev.langchain4j.model.chat.request.ChatRequest request, HandOver handOver) {
        LangChainEvents events =
                new LangChainEvents(handOver, failures, () -> inFlight.remove(handOver));
        try {
            ScopedValue.where(StreamingHttp.CALL, handOver).run(() -> model.chat(request, events));
        } catch (RuntimeException failure) {
            events.onError(failure);
        }
    }

    private void checkHonoured(ChatRequest request) {
        if (request.choices() > 1) {
            throw unsupported("n");
        }
        if (request.sampling().topLogprobs().isPresent()) {
            throw unsupported("logprobs");
        }
        for (String demand : request.demands()) {
            if (!HONOURED.contains(demand)) {
                throw unsupported(demand);
            }
        }
    }

    private ExpertException unsupported(String parameter) {
        return ExpertException.unsupported(
                parameter,
                "`%s` is not supported by the expert \"%s\"; leave it out or ask another model"
                        .formatted(parameter, id));
    }

    private static ExpertException cancelledFailure() {
        return ExpertException.of(Kind.CANCELLED, "Nobody waits for the answer any more");
    }

    private ExpertException closedFailure() {
        return ExpertException.of(Kind.UNREACHABLE, "Expert \"%s\" is closed".formatted(id));
    }

    @Override
    public void close() {
        closed = true;
        inFlight.forEach(handOver -> handOver.fail(closedFailure()));
        inFlight.clear();
    }
}
