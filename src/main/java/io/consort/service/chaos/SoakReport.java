package io.consort.service.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What a service held, and how long it took, in each tenth of a long run. */
record SoakReport(List<Tenth> tenths) {

    private static final int FEWEST = 6;

    /** What must not grow: the end of a run may have so many times its beginning, and so much more. */
    private static final List<Bound> BOUNDS =
            List.of(
                    new Bound("heap, MB", 1.1, 8, tenth -> tenth.held().heap() / 1e6),
                    new Bound("resident, MB", 1.1, 32, tenth -> tenth.held().resident() / 1e6),
                    new Bound("open files", 1, 16, tenth -> tenth.held().files()),
                    new Bound("threads", 1, 8, tenth -> tenth.held().threads()),
                    new Bound("p50, ms", 1.5, 0.5, Tenth::median),
                    new Bound("p99, ms", 2, 5, Tenth::high));

    /**
     * A tenth of the run.
     *
     * @param held at its end
     * @param median milliseconds for a whole answer
     * @param high the 99th percentile
     * @param wrong requests that did not end as they should
     */
    record Tenth(long requests, long wrong, double median, double high, Footprint held) {}

    private record Bound(String name, double factor, double more, ToDoubleFunction<Tenth> figure) {}

    SoakReport {
        tenths = List.copyOf(tenths);
    }

    /** What is wrong with the run, in words; empty when all ended well and nothing grew. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        long wrong = tenths.stream().mapToLong(Tenth::wrong).sum();
        if (wrong > 0) {
            faults.add("%d requests did not end as they should".formatted(wrong));
        }
        if (tenths.size() < FEWEST) {
            return faults;
        }
        // The first two are the compiler's and the caches'.
        List<Tenth> early = tenths.subList(2, 5);
        List<Tenth> late = tenths.subList(tenths.size() - 3, tenths.size());
        for (Bound bound : BOUNDS) {
            double before = median(early, bound.figure());
            double after = median(late, bound.figure());
            double most = bound.factor() * before + bound.more();
            if (after > most) {
                faults.add(
                        String.format(
                                Locale.ROOT,
                                "%s: %.2f in the third to fifth tenth, %.2f in the last three; at most %.2f",
                                bound.name(),
                                before,
                                after,
                                most));
            }
        }
        return faults;
    }

    /** For people. */
    String text() {
        StringBuilder text =
                new StringBuilder(
                        " requests    wrong   p50 ms   p99 ms  heap MB   RSS MB    files  threads\n");
        for (Tenth tenth : tenths) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%9d %8d %8.2f %8.2f %8.1f %8.1f %8d %8d%n",
                            tenth.requests(),
                            tenth.wrong(),
                            tenth.median(),
                            tenth.high(),
                            tenth.held().heap() / 1e6,
                            tenth.held().resident() / 1e6,
                            tenth.held().files(),
                            tenth.held().threads()));
        }
        List<String> faults = faults();
        text.append(faults.isEmpty() ? "flat: nothing grew beyond its bound\n" : "not flat:\n");
        faults.forEach(fault -> text.append("  ").append(fault).append('\n'));
        return text.toString();
    }

    /** For programs. */
    String json() {
        StringBuilder rows = new StringBuilder();
        for (Tenth tenth : tenths) {
            rows.append(rows.isEmpty() ? "" : ",")
                    .append(
                            String.format(
                                    Locale.ROOT,
                                    "{\"requests\":%d,\"wrong\":%d,\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"heap_bytes\":%d,\"resident_bytes\":%d,\"files\":%d,\"threads\":%d}",
                                    tenth.requests(),
                                    tenth.wrong(),
                                    tenth.median(),
                                    tenth.high(),
                                    tenth.held().heap(),
                                    tenth.held().resident(),
                                    tenth.held().files(),
                                    tenth.held().threads()));
        }
        return "{\"tenths\":[%s],\"flat\":%s}".formatted(rows, faults().isEmpty());
    }

    private static double median(List<Tenth> three, ToDoubleFunction<Tenth> figure) {
        return three.stream().mapToDouble(figure).sorted().skip(1).findFirst().orElse(0);
    }
}
