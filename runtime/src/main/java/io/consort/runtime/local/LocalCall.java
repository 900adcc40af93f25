package io.consort.runtime.local;

import io.consort.experts.chat.Answer;
import io.consort.experts.chat.AnswerEvent;
import io.consort.experts.chat.ChatRequest;
import io.consort.experts.chat.ExpertException;
import io.consort.experts.chat.FinishReason;
import io.consort.experts.chat.Usage;
import io.consort.runtime.engine.Engine;
import io.consort.runtime.engine.Generation;
import io.consort.runtime.engine.GenerationHandle;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * One call of a local expert, from the conversation to the last event. The engine's thread makes the
 * events; stopping is possible from everywhere.
 */
final class LocalCall implements AnswerStream.Listener {

    /** Events that may be ahead of the reader. */
    private static final int RUN_AHEAD = 32;

    private final LocalModel model;
    private final String owner;
    private final ChatRequest request;
    private final long deadline;
    private final Executor executor;
    private final Consumer<LocalCall> whenOver;
    private final CompletableFuture<Answer> opened = new CompletableFuture<>();
    private final AnswerStream stream = new AnswerStream(RUN_AHEAD, this);
    private final List<GenerationHandle> generations = new CopyOnWriteArrayList<>();
    private volatile boolean over;
    private boolean began;
    private int promptTokens;
    private int cachedTokens;
    private int unfinished;
    private long completionTokens;

    /**
     * @param owner whose prompts this one may take from; empty for everybody together
     * @param deadline when the answer becomes pointless, as {@link System#nanoTime} counts
     * @param executor runs what others do with the opened answer
     * @param whenOver told once the call holds nothing any more
     */
    LocalCall(
            LocalModel model,
            String owner,
            ChatRequest request,
            long deadline,
            Executor executor,
            Consumer<LocalCall> whenOver) {
        this.model = model;
        this.owner = owner;
        this.request = request;
        this.deadline = deadline;
        this.executor = executor;
        this.whenOver = whenOver;
    }

    /** Completes with the first event. */
    CompletionStage<Answer> opened() {
        return opened;
    }

    /** Asks the engine for the choices. May take as long as a long conversation's tokens do. */
    void start(String expert, Engine engine, long seed) {
        try {
            Generations.check(expert, request);
            int[] prompt = model.prompt(request.messages());
            promptTokens = prompt.length;
            unfinished = request.choices();
            for (int choice = 0; choice < request.choices() && !over; choice++) {
                ChoiceSink sink =
                        new ChoiceSink(this, choice, model.tokenizer(), request.sampling().stop());
                Generation generation =
                        Generations.of(model, request.sampling(), prompt, seed + choice, deadline)
                                .ownedBy(owner);
                generations.add(engine.submit(model.engineModel(), generation, sink));
            }
        } catch (RuntimeException e) {
            fail(LocalFailures.of(e));
        }
        // Until here the reader may have drained, or gone, before a generation was listed.
        generations.forEach(over ? GenerationHandle::cancel : GenerationHandle::wake);
    }

    /** Ends the call for somebody who does not want it any more. */
    void abort(ExpertException failure) {
        stop();
        stream.abort(failure);
        executor.execute(() -> opened.completeExceptionally(failure));
    }

    /** Ends the call after the events that are there. */
    void fail(ExpertException failure) {
        stop();
        stream.fail(failure);
        executor.execute(() -> opened.completeExceptionally(failure));
    }

    boolean hasRoom() {
        return stream.hasRoom();
    }

    void emit(AnswerEvent event) {
        stream.offer(event);
        if (!began) {
            began = true;
            executor.execute(() -> opened.complete(new Answer.Streaming(stream)));
        }
    }

    void promptRead(int cached) {
        cachedTokens = cached;
    }

    void countToken() {
        completionTokens++;
    }

    void finished(int choice, FinishReason reason) {
        emit(new AnswerEvent.Finish(choice, reason));
        unfinished--;
        if (unfinished == 0) {
            emit(new AnswerEvent.Used(new Usage(promptTokens, completionTokens, cachedTokens)));
            stream.complete();
            stop();
        }
    }

    @Override
    public void drained() {
        generations.forEach(GenerationHandle::wake);
    }

    @Override
    public void cancelled() {
        stop();
    }

    private void stop() {
        over = true;
        generations.forEach(GenerationHandle::cancel);
        whenOver.accept(this);
    }
}
