package io.consort.experts;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where an expert's answers come from. */
public sealed interface ExpertSource {

    /**
     * A model inside this process.
     *
     * @param checkpoint a Hugging Face folder or a GGUF file
     */
    record Local(Path checkpoint, LocalBackend backend) implements ExpertSource {

        /** A model that runs wherever this machine runs it best. */
        public Local(Path checkpoint) {
            this(checkpoint, LocalBackend.AUTO);
        }
    }

    /**
     * A server that speaks the OpenAI dialect.
     *
     * @param baseUrl up to and including the version segment, without a slash at the end
     * @param includeUsage whether the server may be asked for usage in a stream
     * @param headers sent with every call besides the usual ones
     */
    record OpenAi(
            URI baseUrl,
            Optional<Secret> apiKey,
            String model,
            boolean includeUsage,
            Map<String, Secret> headers)
            implements ExpertSource {
        public OpenAi {
            headers = Map.copyOf(headers);
        }
    }

    /** A model of Anthropic's messages API. */
    record Anthropic(Optional<URI> baseUrl, Secret apiKey, String model, int maxTokens)
            implements ExpertSource {}

    /** A model of Google's Gemini API. */
    record Gemini(Optional<URI> baseUrl, Secret apiKey, String model) implements ExpertSource {}
}
