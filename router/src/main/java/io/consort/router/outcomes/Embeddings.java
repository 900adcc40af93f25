package io.consort.router.outcomes;

import io.consort.router.signal.Embedder;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The embeddings of a set's prompts, each text embedded once.
 *
 * @param millis what one took of the test part's first texts, alone in the embedder
 */
record Embeddings(Map<String, float[]> byText, Map<String, Double> millis) {

    private static final int TIMED = 200;
    private static final int IN_FLIGHT = 32;
    private static final long REPORT_NANOS = 2_000_000_000L;

    private record Pending(String text, CompletableFuture<float[]> embedding) {}

    /** Embeds all prompts; blocks, and says on {@code progress} how far it is. */
    static Embeddings of(OutcomeSet set, Embedder embedder, PrintStream progress) {
        Set<String> texts = new LinkedHashSet<>();
        Stream.concat(set.test().stream(), set.train().stream())
                .forEach(prompt -> texts.add(prompt.text()));
        Map<String, float[]> done = new HashMap<>();
        Map<String, Double> millis = new HashMap<>();
        Deque<Pending> pending = new ArrayDeque<>();
        long reported = System.nanoTime();
        for (String text : texts) {
            if (done.size() < TIMED) {
                long begin = System.nanoTime();
                done.put(text, embedder.embed(text).toCompletableFuture().join());
                millis.put(text, (System.nanoTime() - begin) / 1e6);
                continue;
            }
            if (pending.size() == IN_FLIGHT) {
                take(pending, done);
            }
            pending.addLast(new Pending(text, embedder.embed(text).toCompletableFuture()));
            if (System.nanoTime() - reported > REPORT_NANOS) {
                reported = System.nanoTime();
                progress.printf("embedded %d of %d prompts%n", done.size(), texts.size());
            }
        }
        while (!pending.isEmpty()) {
            take(pending, done);
        }
        return new Embeddings(done, millis);
    }

    /** The prompts as queries, in their order. */
    List<Query> queries(List<RecordedPrompt> prompts) {
        return prompts.stream()
                .map(prompt -> Query.of(prompt, byText.getOrDefault(prompt.text(), new float[0])))
                .toList();
    }

    private static void take(Deque<Pending> pending, Map<String, float[]> done) {
        Pending first = pending.removeFirst();
        done.put(first.text(), first.embedding().join());
    }
}
