package io.consort.experts.remote;

import io.consort.experts.ExpertSource;
import io.consort.experts.Secret;
import io.consort.experts.chat.Answer;
import io.consort.experts.chat.AnswerEvent;
import io.consort.experts.chat.ChatRequest;
import io.consort.experts.chat.ChatRequests;
import io.consort.experts.chat.EventReader;
import io.consort.experts.chat.ExpertException;
import io.consort.experts.chat.ExpertException.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Experts of both LangChain4j dialects for tests, and ways to read them. */
final class LangChainExperts {

    private LangChainExperts() {}

    static MisbehavingServer anthropicServer(String recorded) {
        return MisbehavingServer.playing((_, wire) -> wire.stream(Recorded.bytes(recorded), 50));
    }

    static ExpertSource.Anthropic source(Optional<URI> baseUrl) {
        return new ExpertSource.Anthropic(baseUrl, new Secret("sk-ant"), "claude-x", 1024);
    }

    static LangChainExpert anthropic(MisbehavingServer server) {
        return new LangChainExpert(
                "claude",
                LangChainModels.anthropic(
                        source(Optional.of(server.baseUrl())),
                        Duration.ofSeconds(20),
                        Reach.EVERYWHERE),
                Redaction.NONE);
    }

    static LangChainExpert gemini(MisbehavingServer server) {
        return new LangChainExpert(
                "gemini",
                LangChainModels.gemini(
                        new ExpertSource.Gemini(
                                Optional.of(server.baseUrl()), new Secret("key"), "gemini-x"),
                        Duration.ofSeconds(20),
                        Reach.EVERYWHERE),
                Redaction.NONE);
    }

    static List<AnswerEvent> read(LangChainExpert expert, ChatRequest request) throws Exception {
        Answer answer =
                expert.open(ChatRequests.call(request))
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS);
        return EventReader.of(answer).request(Long.MAX_VALUE).awaitCompletion();
    }

    static ExpertException failure(LangChainExpert expert, ChatRequest request) {
        return failureOf(expert.open(ChatRequests.call(request)).toCompletableFuture());
    }

    /** The failure of an answer, before or after its first event. */
    static ExpertException endFailure(LangChainExpert expert) {
        CompletableFuture<Answer> opening =
                expert.open(ChatRequests.call(ChatRequests.asking("Hi", true)))
                        .toCompletableFuture()
                        .orTimeout(20, TimeUnit.SECONDS);
        if (opening.handle((_, failure) -> failure == null).join()) {
            return (ExpertException)
                    EventReader.of(opening.join()).request(Long.MAX_VALUE).awaitFailure();
        }
        return failureOf(opening);
    }

    static Kind kindOf(CompletableFuture<Answer> opening) {
        return failureOf(opening).kind();
    }

    static ExpertException failureOf(CompletableFuture<Answer> opening) {
        try {
            throw new AssertionError("opened " + opening.orTimeout(20, TimeUnit.SECONDS).join());
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof ExpertException known) {
                return known;
            }
            throw failed;
        }
    }
}
