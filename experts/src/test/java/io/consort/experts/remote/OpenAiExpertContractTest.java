package io.consort.experts.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.consort.experts.chat.ChatExpert;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;

class OpenAiExpertContractTest extends RemoteContract {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    ChatExpert expert(URI baseUrl, Vertx on) {
        return TestExperts.openAi(baseUrl, on);
    }

    @Override
    void answer(MisbehavingServer.Received request, Wire wire) throws IOException {
        JsonNode body = JSON.readTree(request.body());
        if (!body.path("stream").asBoolean()) {
            wire.json(Recorded.text("openai-whole.json"));
            return;
        }
        if (body.path("n").asInt(1) == 1) {
            wire.stream(Recorded.bytes("openai-stream.sse"), 7);
            return;
        }
        wire.beginStream().event(chunk(0, "a", "null")).event(chunk(1, "b", "null"));
        wire.event(chunk(1, "", "\"stop\"")).event(chunk(0, "", "\"stop\""));
        wire.event("[DONE]").endStream();
    }

    @Override
    void more(Wire wire) throws IOException {
        wire.event(chunk(0, "word ", "null"));
    }

    private static String chunk(int choice, String text, String finish) {
        return """
        {"choices":[{"index":%d,"delta":{"content":"%s"},"finish_reason":%s}]}\
        """
                .formatted(choice, text, finish);
    }
}
