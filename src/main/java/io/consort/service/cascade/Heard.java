package io.consort.service.cascade;

import io.consort.experts.chat.Answer;
import io.consort.experts.chat.AnswerEvent;
import io.consort.experts.chat.ExpertException;
import io.consort.experts.chat.TokenLogprob;
import io.consort.experts.chat.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * Listens to one answer to its end. What is heard is published only when it is whole, and is not
 * changed afterwards.
 */
final class Heard implements Flow.Subscriber<AnswerEvent> {

    /** Characters and bytes together; no answer that is worth holding back is as long. */
    private static final long LONGEST = 16 << 20;

    private final boolean showsLogprobs;
    private final CompletableFuture<Heard> whole = new CompletableFuture<>();
    private final List<AnswerEvent> events = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final Likelihood likelihood = new Likelihood();
    private final ChoiceReader reader = new ChoiceReader(likelihood);
    private Optional<Usage> usage = Optional.empty();
    private Optional<Answer.Complete> complete = Optional.empty();
    private Flow.Subscription subscription = Silent.INSTANCE;
    private long length;

    private Heard(boolean showsLogprobs) {
        this.showsLogprobs = showsLogprobs;
    }

    /**
     * Listens to an answer.
     *
     * @param showsLogprobs whether log-probabilities stay in what is heard
     */
    static CompletionStage<Heard> of(Answer answer, boolean showsLogprobs) {
        Heard heard = new Heard(showsLogprobs);
        switch (answer) {
            case Answer.Complete(byte[] json, Optional<Usage> usage) -> {
                byte[] bare = heard.reader.read(json);
                heard.usage = usage;
                heard.complete =
                        Optional.of(new Answer.Complete(showsLogprobs ? json : bare, usage));
                heard.whole.complete(heard);
            }
            case Answer.Streaming(var events) -> events.subscribe(heard);
        }
        return heard.whole;
    }

    /** The answer once more. */
    Answer again() {
        return complete.<Answer>map(json -> json)
                .orElseGet(() -> new Answer.Streaming(new Replay(List.copyOf(events))));
    }

    /** The first choice's text. */
    String text() {
        return text + reader.text();
    }

    /** The geometric mean of the tokens' probabilities. */
    OptionalDouble likelihood() {
        return likelihood.mean();
    }

    Optional<Usage> usage() {
        return usage;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(AnswerEvent event) {
        if (whole.isDone()) {
            return;
        }
        try {
            add(event);
        } catch (ExpertException garbled) {
            stop(garbled);
        }
        if (length > LONGEST) {
            stop(
                    ExpertException.of(
                            ExpertException.Kind.GARBLED,
                            "its answer is too long to be held back"));
        }
    }

    @Override
    public void onError(Throwable failure) {
        whole.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        whole.complete(this);
    }

    private void stop(ExpertException failure) {
        subscription.cancel();
        whole.completeExceptionally(failure);
    }

    private void add(AnswerEvent event) {
        switch (event) {
            case AnswerEvent.Text(int choice, String piece, List<TokenLogprob> logprobs) -> {
                logprobs.forEach(token -> likelihood.add(token.logprob()));
                length += piece.length();
                if (choice == 0) {
                    text.append(piece);
                }
                if (showsLogprobs || logprobs.isEmpty()) {
                    events.add(event);
                } else if (!piece.isEmpty()) {
                    events.add(new AnswerEvent.Text(choice, piece, List.of()));
                }
            }
            case AnswerEvent.Verbatim(byte[] json, Optional<Usage> told, boolean usageOnly) -> {
                byte[] bare = reader.read(json);
                length += json.length;
                usage = told.or(() -> usage);
                events.add(showsLogprobs ? event : new AnswerEvent.Verbatim(bare, told, usageOnly));
            }
            case AnswerEvent.Used(Usage told) -> {
                usage = Optional.of(told);
                events.add(event);
            }
            case AnswerEvent.Reasoning(int _, String thought) -> {
                length += thought.length();
                events.add(event);
            }
            case AnswerEvent.ToolCall call -> {
                length += call.arguments().length();
                events.add(event);
            }
            case AnswerEvent.Finish _ -> events.add(event);
        }
    }

    /** Stands for a subscription that is not there yet. */
    private enum Silent implements Flow.Subscription {
        INSTANCE;

        @Override
        public void request(long count) {}

        @Override
        public void cancel() {}
    }
}
