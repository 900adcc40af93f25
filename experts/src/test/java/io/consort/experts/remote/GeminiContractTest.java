package io.consort.experts.remote;

import io.consort.experts.ExpertSource;
import io.consort.experts.Secret;
import io.consort.experts.chat.ChatExpert;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

class GeminiContractTest extends RemoteContract {

    @Override
    ChatExpert expert(URI baseUrl, Vertx on) {
        return new LangChainExpert(
                "gemini",
                LangChainModels.gemini(
                        new ExpertSource.Gemini(
                                Optional.of(baseUrl), new Secret("key"), "gemini-x"),
                        Duration.ofSeconds(20),
                        Reach.EVERYWHERE),
                Redaction.NONE);
    }

    @Override
    void answer(MisbehavingServer.Received request, Wire wire) throws IOException {
        wire.stream(Recorded.bytes("gemini-stream.sse"), 11);
    }

    @Override
    void more(Wire wire) throws IOException {
        wire.event(
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"word \"}],\"role\":\"model\"},\"index\":0}]}");
    }
}
