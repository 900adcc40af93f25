package io.consort.service.cascade;

import io.consort.experts.chat.ChatCall;
import io.consort.experts.chat.ChatRequest;
import io.consort.experts.chat.Sampling;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What an expert is asked so that its confidence can be told. */
final class Requests {

    /** Samples of one temperature below this would hardly differ. */
    private static final double VARIED = 0.7;

    private Requests() {}

    /** Whether the client itself wants to see log-probabilities. */
    static boolean asksForLogprobs(ChatRequest request) {
        return request.sampling().topLogprobs().isPresent();
    }

    /** The same call, which asks for log-probabilities. */
    static ChatCall withLogprobs(ChatCall call) {
        ChatRequest request = call.request();
        if (asksForLogprobs(request)) {
            return call;
        }
        Sampling own = request.sampling();
        Sampling asking =
                new Sampling(
                        own.temperature(),
                        own.topP(),
                        own.topK(),
                        own.seed(),
                        own.maxTokens(),
                        own.stop(),
                        Optional.of(0));
        return with(call, call.id(), asking, request.stream(), Map.of("logprobs", "true"));
    }

    /**
     * A call for one more answer to the same question, whole and by chance another one.
     *
     * @param number of the sample, from 1
     */
    static ChatCall sample(ChatCall call, int number) {
        Sampling own = call.request().sampling();
        double temperature = Math.max(VARIED, own.temperature().orElse(VARIED));
        long seed = own.seed().orElse(0) + number;
        Sampling varied =
                new Sampling(
                        OptionalDouble.of(temperature),
                        own.topP(),
                        own.topK(),
                        OptionalLong.of(seed),
                        own.maxTokens(),
                        own.stop(),
                        own.topLogprobs());
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("temperature", Double.toString(temperature));
        fields.put("seed", Long.toString(seed));
        if (call.request().stream()) {
            fields.put("stream", "false");
            fields.put("stream_options", "null");
        }
        return with(call, call.id() + "-" + number, varied, false, fields);
    }

    private static ChatCall with(
            ChatCall call,
            String id,
            Sampling sampling,
            boolean stream,
            Map<String, String> fields) {
        ChatRequest request = call.request();
        return call.asking(
                id,
                new ChatRequest(
                        request.messages(),
                        sampling,
                        stream,
                        stream && request.includeUsage(),
                        request.choices(),
                        request.demands(),
                        BodyFields.set(request.body(), fields)));
    }
}
