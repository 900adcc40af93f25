package io.consort.runtime.local;

import io.consort.experts.chat.AnswerEvent;
import io.consort.experts.chat.FinishReason;
import io.consort.experts.chat.TokenLogprob;
import io.consort.runtime.engine.EngineException;
import io.consort.runtime.engine.TokenChoice;
import io.consort.runtime.engine.TokenChoice.Likelihood;
import io.consort.runtime.engine.TokenSink;
import io.consort.runtime.text.AnswerText;
import io.consort.runtime.text.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes events of one choice's tokens. Log-probabilities wait for the text that they belong to. */
final class ChoiceSink implements TokenSink {

    private final LocalCall call;
    private final int choice;
    private final Tokenizer tokenizer;
    private final AnswerText text;
    private final List<TokenLogprob> logprobs = new ArrayList<>();

    ChoiceSink(LocalCall call, int choice, Tokenizer tokenizer, List<String> stops) {
        this.call = call;
        this.choice = choice;
        this.tokenizer = tokenizer;
        this.text = new AnswerText(tokenizer, stops);
    }

    @Override
    public boolean ready() {
        return call.hasRoom();
    }

    @Override
    public void began(int cached) {
        if (choice == 0) {
            call.promptRead(cached);
        }
    }

    @Override
    public boolean token(TokenChoice chosen) {
        call.countToken();
        String piece = text.append(chosen.token());
        if (text.stopped()) {
            logprobs.clear();
            emit(piece);
            call.finished(choice, FinishReason.STOP);
            return false;
        }
        chosen.likelihood().ifPresent(likelihood -> logprobs.add(logprob(chosen, likelihood)));
        if (!piece.isEmpty()) {
            emit(piece);
        }
        return true;
    }

    @Override
    public void end(FinishReason reason) {
        if (reason == FinishReason.STOP) {
            call.countToken();
        }
        emit(text.finish());
        call.finished(choice, reason);
    }

    @Override
    public void failed(EngineException failure) {
        call.fail(LocalFailures.of(failure));
    }

    private void emit(String piece) {
        if (!piece.isEmpty() || !logprobs.isEmpty()) {
            call.emit(new AnswerEvent.Text(choice, piece, logprobs));
            logprobs.clear();
        }
    }

    private TokenLogprob logprob(TokenChoice chosen, Likelihood likelihood) {
        return logprob(
                chosen.token(),
                likelihood.logprob(),
                likelihood.alternatives().stream()
                        .map(other -> logprob(other.token(), other.logprob(), List.of()))
                        .toList());
    }

    private TokenLogprob logprob(int token, double logprob, List<TokenLogprob> alternatives) {
        byte[] bytes = tokenizer.bytes(token);
        return new TokenLogprob(
                new String(bytes, StandardCharsets.UTF_8), logprob, bytes, alternatives);
    }
}
