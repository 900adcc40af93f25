package io.consort.router.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.consort.router.classify.Classifier;
import io.consort.router.signal.Embedder;
import io.consort.router.signal.QuickEmbedder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Stream;

/**
 * What classifying takes, one query at a time, on prompts that were not seen before.
 *
 * @param rows a step at a prompt length
 * @param pair of all lengths from 20 to 200 words together, by both steps
 * @param quickShare share of those that the quick judge decides
 * @param histogram of those: how many took up to so many microseconds, by doubling limits from
 *     {@value #FIRST_LIMIT}
 */
record RoutingTimes(
        List<Row> rows, Row pair, @JsonProperty("quick_share") double quickShare, int[] histogram) {

    /** One step, in microseconds. */
    record Row(
            int words,
            String step,
            @JsonProperty("p50_us") double median,
            @JsonProperty("p99_us") double p99,
            @JsonProperty("per_second") double perSecond) {}

    private static final List<Integer> LENGTHS = List.of(20, 50, 100, 200);
    private static final int WARM_UP = 2_000;
    private static final int IN_A_ROW = 10;
    private static final int FIRST_LIMIT = 16;
    private static final int BINS = 13;
    private static final int BAR = 50;

    /**
     * Times the steps.
     *
     * @param rounds queries for each length
     */
    static RoutingTimes of(
            Classifier classifier, Embedder embedder, BenchPrompts prompts, int rounds) {
        QuickEmbedder rough = embedder.quick().orElseThrow();
        for (int i = 0; i < Math.min(WARM_UP, 20 * rounds); i++) {
            classifier.glanceAnyway(prompts.prompt(LENGTHS.get(i % LENGTHS.size())), rough);
        }
        List<Row> rows = new ArrayList<>();
        double[] all = new double[LENGTHS.size() * rounds];
        int sure = 0;
        for (int length = 0; length < LENGTHS.size(); length++) {
            double[] quick = new double[rounds];
            double[] network = new double[rounds];
            double[] pair = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                String text = prompts.prompt(LENGTHS.get(length));
                String other = prompts.prompt(LENGTHS.get(length));
                long begin = System.nanoTime();
                classifier.glanceAnyway(text, rough);
                long glanced = System.nanoTime();
                classifier.classify(
                        text, embedder.brief().embed(text).toCompletableFuture().join());
                long classified = System.nanoTime();
                classifier.classify(other, embedder).toCompletableFuture().join();
                long decided = System.nanoTime();
                quick[round] = (glanced - begin) / 1e3;
                network[round] = (classified - glanced) / 1e3;
                pair[round] = (decided - classified) / 1e3;
                all[length * rounds + round] = pair[round];
                sure += classifier.glance(other, rough).isPresent() ? 1 : 0;
            }
            rows.add(row(LENGTHS.get(length), "quick", quick));
            rows.add(
                    row(
                            LENGTHS.get(length),
                            "in a row",
                            inARow(classifier, rough, prompts, length, rounds)));
            rows.add(row(LENGTHS.get(length), "network", network));
            rows.add(row(LENGTHS.get(length), "pair", pair));
        }
        int[] histogram = histogram(all);
        return new RoutingTimes(rows, row(0, "pair", all), sure / (double) all.length, histogram);
    }

    /** The quick judge one prompt after the other, with nothing in between. */
    private static double[] inARow(
            Classifier classifier,
            QuickEmbedder rough,
            BenchPrompts prompts,
            int length,
            int rounds) {
        List<String> texts =
                Stream.generate(() -> prompts.prompt(LENGTHS.get(length)))
                        .limit((long) IN_A_ROW * rounds)
                        .toList();
        double[] micros = new double[texts.size()];
        long before = System.nanoTime();
        for (int i = 0; i < micros.length; i++) {
            classifier.glanceAnyway(texts.get(i), rough);
            long after = System.nanoTime();
            micros[i] = (after - before) / 1e3;
            before = after;
        }
        return micros;
    }

    String text() {
        StringJoiner lines = new StringJoiner(System.lineSeparator(), "", System.lineSeparator());
        lines.add("   words  step           p50 us     p99 us  per second");
        rows.forEach(row -> lines.add(line(row, Integer.toString(row.words()))));
        lines.add(line(pair, "20-200"));
        lines.add(
                String.format(
                        Locale.ROOT,
                        "the quick judge decides %.1f %% of these prompts",
                        100 * quickShare));
        int most = Arrays.stream(histogram).max().orElse(1);
        for (int bin = 0; bin < histogram.length; bin++) {
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "%9.3f ms  %6d  %s",
                            (FIRST_LIMIT << bin) / 1e3,
                            histogram[bin],
                            "#".repeat((int) Math.ceil(BAR * (double) histogram[bin] / most))));
        }
        return lines.toString();
    }

    private static String line(Row row, String words) {
        return String.format(
                Locale.ROOT,
                "%8s  %-9s %10.0f %10.0f %11.0f",
                words,
                row.step(),
                row.median(),
                row.p99(),
                row.perSecond());
    }

    private static Row row(int words, String step, double[] micros) {
        double sum = Arrays.stream(micros).sum();
        double[] sorted = micros.clone();
        Arrays.sort(sorted);
        return new Row(
                words,
                step,
                sorted[sorted.length / 2],
                sorted[Math.min(sorted.length - 1, (int) (sorted.length * 0.99))],
                1e6 * sorted.length / sum);
    }

    private static int[] histogram(double[] micros) {
        int[] counts = new int[BINS];
        for (double time : micros) {
            int bin = 0;
            while (bin < BINS - 1 && time > FIRST_LIMIT << bin) {
                bin++;
            }
            counts[bin]++;
        }
        return counts;
    }
}
