package io.consort.runtime.local;

import io.consort.experts.chat.ChatRequest;
import io.consort.experts.chat.ExpertException;
import io.consort.experts.chat.Sampling;
import io.consort.runtime.engine.EngineModel;
import io.consort.runtime.engine.Generation;
import io.consort.runtime.engine.Sampler;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What a chat request asks of the engine, with the checkpoint's defaults where it says nothing. */
final class Generations {

    private Generations() {}

    /**
     * Refuses what no local model can do.
     *
     * @throws ExpertException naming the parameter
     */
    static void check(String expert, ChatRequest request) {
        request.demands().stream()
                .sorted()
                .findFirst()
                .ifPresent(demand -> {
                    throw ExpertException.unsupported(
                            demand,
                            "the local expert \"%s\" cannot honour `%s`; leave it out, or ask another expert"
                                    .formatted(expert, demand));
                });
    }

    /**
     * The generation of a choice.
     *
     * @param prompt tokens of the conversation
     * @param seed of the choice
     * @param deadline when the answer becomes pointless, as {@link System#nanoTime} counts
     * @throws ExpertException when the model has no room for the prompt and an answer
     */
    static Generation of(
            LocalModel model, Sampling sampling, int[] prompt, long seed, long deadline) {
        GenerationDefaults defaults = model.defaults();
        return new Generation(
                prompt,
                maxTokens(model, sampling, prompt.length),
                model.engineModel().model().config().endTokens(),
                Sampler.of(
                        sampling.temperature().orElse(defaults.temperature()),
                        sampling.topK().isPresent() ? sampling.topK() : defaults.topK(),
                        sampling.topP().isPresent() ? sampling.topP() : defaults.topP(),
                        seed),
                sampling.topLogprobs().map(OptionalInt::of).orElse(OptionalInt.empty()),
                OptionalLong.of(deadline));
    }

    private static int maxTokens(LocalModel model, Sampling sampling, int promptTokens) {
        EngineModel engineModel = model.engineModel();
        int rest = engineModel.positions() - promptTokens;
        if (promptTokens == 0) {
            throw ExpertException.unsupported(
                    "messages", "the conversation is empty to this model; write something");
        }
        if (rest < 1) {
            throw ExpertException.unsupported(
                    "messages",
                    "the conversation has %d tokens, but this model has room for %d together with its answer; shorten it"
                            .formatted(promptTokens, engineModel.positions()));
        }
        int wanted = sampling.maxTokens().orElse(model.defaults().maxTokens().orElse(rest));
        if (wanted < 1) {
            throw ExpertException.unsupported(
                    "max_tokens", "`max_tokens` must be at least 1, not " + wanted);
        }
        return Math.min(wanted, rest);
    }
}
