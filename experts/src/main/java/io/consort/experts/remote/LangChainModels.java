package io.consort.experts.remote;

import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import io.consort.experts.ExpertSource;
import java.net.URI;
import java.time.Duration;

/** Makes LangChain4j models of sources. Neither retries: that is the guard's work. */
final class LangChainModels {

    private LangChainModels() {}

    /**
     * A model of Anthropic's messages API.
     *
     * @param patience for the connection, and for the first byte of a response
     * @param reach says where it may be called
     */
    static StreamingChatModel anthropic(
            ExpertSource.Anthropic source, Duration patience, Reach reach) {
        var builder =
                AnthropicStreamingChatModel.builder()
                        .httpClientBuilder(new StreamingHttp.Builder(reach))
                        .apiKey(source.apiKey().value())
                        .modelName(source.model())
                        .maxTokens(source.maxTokens())
                        .returnThinking(true)
                        .timeout(patience);
        source.baseUrl().map(URI::toString).ifPresent(builder::baseUrl);
        return builder.build();
    }

    /**
     * A model of Google's Gemini API.
     *
     * @param patience for the connection, and for the first byte of a response
     * @param reach says where it may be called
     */
    static StreamingChatModel gemini(ExpertSource.Gemini source, Duration patience, Reach reach) {
        var builder =
                GoogleAiGeminiStreamingChatModel.builder()
                        .httpClientBuilder(new StreamingHttp.Builder(reach))
                        .apiKey(source.apiKey().value())
                        .modelName(source.model())
                        .returnThinking(true)
                        .timeout(patience);
        source.baseUrl().map(URI::toString).ifPresent(builder::baseUrl);
        return builder.build();
    }
}
