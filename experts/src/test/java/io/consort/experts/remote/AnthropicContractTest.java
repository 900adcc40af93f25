package io.consort.experts.remote;

import io.consort.experts.ExpertSource;
import io.consort.experts.Secret;
import io.consort.experts.chat.ChatExpert;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

class AnthropicContractTest extends RemoteContract {

    @Override
    ChatExpert expert(URI baseUrl, Vertx on) {
        return new LangChainExpert(
                "anthropic",
                LangChainModels.anthropic(
                        new ExpertSource.Anthropic(
                                Optional.of(baseUrl), new Secret("sk-ant"), "claude-x", 1024),
                        Duration.ofSeconds(20),
                        Reach.EVERYWHERE),
                Redaction.NONE);
    }

    @Override
    void answer(MisbehavingServer.Received request, Wire wire) throws IOException {
        wire.stream(Recorded.bytes("anthropic-stream.sse"), 11);
    }

    @Override
    void begin(Wire wire) throws IOException {
        wire.chunk(
                """
                event: message_start
                data: {"type":"message_start","message":{"id":"m","type":"message","role":"assistant","model":"claude-x","content":[],"usage":{"input_tokens":1,"output_tokens":1}}}

                event: content_block_start
                data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

                """);
    }

    @Override
    void more(Wire wire) throws IOException {
        wire.chunk(
                """
                event: content_block_delta
                data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"word "}}

                """);
    }
}
