package io.consort.runtime.engine;

import io.consort.experts.chat.FinishReason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Keeps what a generation gives, and pauses when told to. */
final class RecordingSink implements TokenSink {

    private final List<TokenChoice> choices = new ArrayList<>();
    private final CompletableFuture<FinishReason> end = new CompletableFuture<>();
    private volatile int wanted = Integer.MAX_VALUE;
    private volatile int taken;
    private volatile int cached = -1;

    /** Takes no more than so many tokens until told otherwise. */
    RecordingSink pauseAfter(int tokens) {
        wanted = tokens;
        return this;
    }

    @Override
    public boolean ready() {
        return taken < wanted;
    }

    @Override
    public void began(int tokens) {
        if (cached >= 0) {
            throw new AssertionError("began twice");
        }
        cached = tokens;
    }

    /** Tokens of the prompt that were not computed; -1 when it has not been read. */
    int cached() {
        return cached;
    }

    @Override
    public synchronized boolean token(TokenChoice choice) {
        if (end.isDone()) {
            throw new AssertionError("a token after the end");
        }
        choices.add(choice);
        taken = choices.size();
        notifyAll();
        return true;
    }

    @Override
    public void end(FinishReason reason) {
        if (!end.complete(reason)) {
            throw new AssertionError("ended twice");
        }
    }

    @Override
    public void failed(EngineException failure) {
        if (!end.completeExceptionally(failure)) {
            throw new AssertionError("ended twice");
        }
    }

    synchronized List<Integer> tokens() {
        return choices.stream().map(TokenChoice::token).toList();
    }

    synchronized List<TokenChoice> choices() {
        return List.copyOf(choices);
    }

    boolean ended() {
        return end.isDone();
    }

    FinishReason awaitEnd() {
        try {
            return end.get(20, TimeUnit.SECONDS);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("no end after " + tokens().size() + " tokens", e);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    EngineException awaitFailure() {
        try {
            throw new AssertionError("ended well: " + end.get(20, TimeUnit.SECONDS));
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("no end", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof EngineException failure) {
                return failure;
            }
            throw new AssertionError(e.getCause());
        }
    }

    synchronized void awaitTokens(int count) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (choices.size() < count) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("only %d tokens came".formatted(choices.size()));
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
