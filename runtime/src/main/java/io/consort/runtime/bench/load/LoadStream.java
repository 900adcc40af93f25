package io.consort.runtime.bench.load;

import io.consort.experts.chat.FinishReason;
import io.consort.runtime.engine.Engine;
import io.consort.runtime.engine.EngineException;
import io.consort.runtime.engine.TokenChoice;
import io.consort.runtime.engine.TokenSink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/**
 * One client: asks, reads the answer, asks the next question, until it is told to stop. Its figures
 * are written by the engine's thread and read once it has stopped.
 */
final class LoadStream implements TokenSink {

    private final Engine engine;
    private final LoadModel model;
    private final Random random;
    private final CountDownLatch stopped;
    private final List<Integer> answer = new ArrayList<>();
    private volatile boolean counting;
    private volatile boolean stopping;
    private int question;
    private long last;
    private long[] gaps = new long[1024];
    private int gapCount;
    private final List<Long> firstTokens = new ArrayList<>();
    private int tokens;
    private int different;
    private int failures;
    private long promptTokens;
    private long cachedTokens;

    LoadStream(Engine engine, LoadModel model, long seed, CountDownLatch stopped) {
        this.engine = engine;
        this.model = model;
        this.random = new Random(seed);
        this.stopped = stopped;
    }

    void ask() {
        answer.clear();
        question = random.nextInt(model.questions().size());
        last = System.nanoTime();
        var _ = engine.submit(model.running(), model.questions().get(question), this);
    }

    /** From now on figures are kept. */
    void count() {
        counting = true;
    }

    /** Keeps no more figures, and asks nothing more once the answer under way is complete. */
    void stop() {
        counting = false;
        stopping = true;
    }

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public void began(int cached) {
        if (!counting) {
            return;
        }
        promptTokens += model.questions().get(question).prompt().length;
        cachedTokens += cached;
    }

    @Override
    public boolean token(TokenChoice choice) {
        long now = System.nanoTime();
        if (counting) {
            keep(now - last);
        }
        last = now;
        answer.add(choice.token());
        return true;
    }

    private void keep(long nanos) {
        tokens++;
        if (answer.isEmpty()) {
            firstTokens.add(nanos);
            return;
        }
        if (gapCount == gaps.length) {
            gaps = Arrays.copyOf(gaps, 2 * gapCount);
        }
        gaps[gapCount++] = nanos;
    }

    @Override
    public void end(FinishReason reason) {
        if (!answer.equals(model.alone().get(question))) {
            different++;
        }
        goOn();
    }

    @Override
    public void failed(EngineException failure) {
        failures++;
        stopping = true;
        goOn();
    }

    private void goOn() {
        if (stopping) {
            stopped.countDown();
        } else {
            ask();
        }
    }

    long[] gaps() {
        return Arrays.copyOf(gaps, gapCount);
    }

    long[] firstTokens() {
        return firstTokens.stream().mapToLong(Long::longValue).toArray();
    }

    int tokens() {
        return tokens;
    }

    /** Answers that differ from the ones given alone; counted from the first one on. */
    int different() {
        return different;
    }

    int failures() {
        return failures;
    }

    long promptTokens() {
        return promptTokens;
    }

    long cachedTokens() {
        return cachedTokens;
    }
}
