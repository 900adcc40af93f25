package io.consort.service.starter;

import io.consort.experts.Catalog;
import io.consort.experts.Expert;
import io.consort.experts.catalog.CatalogFile;
import io.consort.experts.catalog.CatalogFileException;
import io.consort.experts.chat.Answer;
import io.consort.experts.chat.AnswerEvent;
import io.consort.experts.chat.Cancellation;
import io.consort.experts.chat.ChatCall;
import io.consort.experts.chat.ChatExpert;
import io.consort.experts.chat.ChatRequest;
import io.consort.experts.chat.Message;
import io.consort.experts.chat.Sampling;
import io.consort.runtime.local.LocalExperts;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** The shipped catalog with its experts open; answers greedily, several questions at once. */
final class StarterExperts implements AutoCloseable {

    private static final int AT_ONCE = 16;
    private static final Sampling GREEDY =
            new Sampling(
                    OptionalDouble.of(0),
                    OptionalDouble.empty(),
                    OptionalInt.empty(),
                    OptionalLong.empty(),
                    OptionalInt.of(160),
                    List.of(),
                    Optional.empty());

    private final Catalog catalog;
    private final LocalExperts locals = LocalExperts.start();
    private final Map<String, ChatExpert> experts = new LinkedHashMap<>();

    private StarterExperts(Catalog catalog) {
        this.catalog = catalog;
        for (Expert expert : catalog.experts()) {
            experts.put(expert.id(), locals.open(expert));
        }
    }

    static StarterExperts open() throws CatalogFileException {
        return new StarterExperts(CatalogFile.read(folder().resolve("catalog.yaml"), Map.of()));
    }

    static Path folder() {
        return Path.of(System.getProperty("consort.root"), "experts", "starter");
    }

    Catalog catalog() {
        return catalog;
    }

    /** The expert's answers, in the questions' order. */
    List<String> answers(String expert, List<String> questions) {
        List<String> said = new ArrayList<>();
        Deque<CompletableFuture<String>> asked = new ArrayDeque<>();
        for (String question : questions) {
            if (asked.size() == AT_ONCE) {
                said.add(asked.removeFirst().join());
            }
            asked.addLast(answer(expert, question));
        }
        asked.forEach(answer -> said.add(answer.join()));
        return said;
    }

    CompletableFuture<String> answer(String expert, String question) {
        ChatRequest request =
                new ChatRequest(
                        List.of(new Message("user", question)),
                        GREEDY,
                        true,
                        false,
                        1,
                        Set.of(),
                        new byte[0]);
        ChatExpert asked = experts.get(expert);
        if (asked == null) {
            throw new IllegalArgumentException("no expert " + expert);
        }
        return asked.open(new ChatCall("held-out", request, new Cancellation()))
                .toCompletableFuture()
                .thenCompose(StarterExperts::text);
    }

    private static CompletableFuture<String> text(Answer answer) {
        CompletableFuture<String> whole = new CompletableFuture<>();
        switch (answer) {
            case Answer.Streaming(var events) -> events.subscribe(new Listener(whole));
            case Answer.Complete _ ->
                    whole.completeExceptionally(new AssertionError("a local expert streams"));
        }
        return whole;
    }

    @Override
    public void close() {
        experts.values().forEach(ChatExpert::close);
        locals.close();
    }

    private static final class Listener implements Flow.Subscriber<AnswerEvent> {

        private final StringBuilder text = new StringBuilder();
        private final CompletableFuture<String> whole;

        Listener(CompletableFuture<String> whole) {
            this.whole = whole;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(AnswerEvent event) {
            if (event instanceof AnswerEvent.Text(int _, String more, var _)) {
                text.append(more);
            }
        }

        @Override
        public void onError(Throwable failure) {
            whole.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            whole.complete(text.toString());
        }
    }
}
