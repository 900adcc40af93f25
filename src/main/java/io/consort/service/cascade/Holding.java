package io.consort.service.cascade;

import io.consort.experts.chat.ChatCall;
import io.consort.experts.chat.ChatExpert;
import io.consort.experts.chat.Usage;
import io.consort.router.policy.Escalation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Asks an expert and holds its answer back until it is whole and its confidence is known. */
public final class Holding {

    private Holding() {}

    /**
     * The answer with its confidence. Does not block; fails as the expert fails, also after its first
     * event. Further samples that fail are not counted.
     */
    public static CompletionStage<Held> of(
            ChatExpert expert, ChatCall call, Escalation escalation) {
        return escalation.samples().isPresent()
                ? bySamples(expert, call, escalation.samples().getAsInt())
                : byProbabilities(expert, call);
    }

    private static CompletionStage<Held> byProbabilities(ChatExpert expert, ChatCall call) {
        boolean shows = Requests.asksForLogprobs(call.request());
        return expert.open(Requests.withLogprobs(call))
                .thenCompose(answer -> Heard.of(answer, shows))
                .thenApply(heard ->
                        new Held(
                                heard.again(),
                                heard.likelihood(),
                                heard.usage().stream().toList()));
    }

    private static CompletionStage<Held> bySamples(ChatExpert expert, ChatCall call, int count) {
        CompletionStage<Heard> first =
                expert.open(call).thenCompose(answer -> Heard.of(answer, true));
        CompletionStage<List<Heard>> others =
                CompletableFuture.completedStage(new ArrayList<>(count));
        for (int number = 1; number < count; number++) {
            CompletionStage<Optional<Heard>> sample =
                    expert.open(Requests.sample(call, number))
                            .thenCompose(answer -> Heard.of(answer, true))
                            .thenApply(Optional::of)
                            .exceptionally(_ -> Optional.empty());
            others =
                    others.thenCombine(
                            sample,
                            (all, one) -> {
                                one.ifPresent(all::add);
                                return all;
                            });
        }
        return first.thenCombine(others, Holding::compared);
    }

    private static Held compared(Heard first, List<Heard> others) {
        List<Usage> used = new ArrayList<>(first.usage().stream().toList());
        others.forEach(other -> other.usage().ifPresent(used::add));
        return new Held(
                first.again(),
                Agreement.of(first.text(), others.stream().map(Heard::text).toList()),
                used);
    }
}
