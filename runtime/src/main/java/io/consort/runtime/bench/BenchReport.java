package io.consort.runtime.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures of a run, as a table or as JSON. */
record BenchReport(BenchArguments arguments, List<BenchResult> results, List<String> notes) {

    BenchReport {
        results = List.copyOf(results);
        notes = List.copyOf(notes);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (BenchResult result : results) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%s (%s): %.1f MB of weights a step, %d threads%n"
                                    + "  read limit %.1f GB/s%n"
                                    + "  %-12s %16s %10s %16s %16s%n",
                            result.model(),
                            result.type(),
                            result.weightBytes() / 1e6,
                            arguments.threads(),
                            result.readGigabytes(),
                            "tokens/s",
                            "decode, 1",
                            "of limit",
                            "decode, " + Contender.BATCH,
                            "prompt of " + Contender.PROMPT));
            for (Figures engine : result.engines()) {
                text.append("  %-12s".formatted(engine.engine()))
                        .append(cell(engine.decode(), result.ours().decode()))
                        .append(share(engine.share()))
                        .append(cell(engine.batch(), result.ours().batch()))
                        .append(cell(engine.prefill(), result.ours().prefill()))
                        .append(System.lineSeparator());
            }
        }
        remarks().forEach(note -> text.append(note).append(System.lineSeparator()));
        return text.toString();
    }

    /** The notes, and which prompts took too long for every round. */
    private List<String> remarks() {
        List<String> remarks = new ArrayList<>(notes);
        for (BenchResult result : results) {
            for (Figures engine : result.engines()) {
                int count = engine.prefill().count();
                if (count < arguments.rounds()) {
                    remarks.add(
                            "%s, %s: the prompt takes long; it was measured in %d of %d rounds"
                                    .formatted(
                                            engine.engine(),
                                            result.type(),
                                            count,
                                            arguments.rounds()));
                }
            }
        }
        return remarks;
    }

    /** A speed, and by how much ours is above it. */
    private static String cell(Series series, Series ours) {
        if (!series.known()) {
            return "%8s %-8s".formatted("n/a", "");
        }
        String ratio =
                series == ours
                        ? ""
                        : String.format(Locale.ROOT, "(x %.2f)", ours.median() / series.median());
        return String.format(Locale.ROOT, "%8.1f %-8s", series.median(), ratio);
    }

    private static String share(Series series) {
        return series.known()
                ? String.format(Locale.ROOT, "%8.0f %% ", 100 * series.median())
                : "%8s   ".formatted("n/a");
    }

    String json() {
        ObjectNode root = JsonMapper.builder().build().createObjectNode();
        root.put("threads", arguments.threads());
        root.put("rounds", arguments.rounds());
        root.put("batch", Contender.BATCH);
        root.put("prompt", Contender.PROMPT);
        root.put("context", Contender.CONTEXT);
        var models = root.putArray("models");
        for (BenchResult result : results) {
            ObjectNode model =
                    models.addObject()
                            .put("model", result.model())
                            .put("format", result.type().name())
                            .put("weight_bytes", result.weightBytes())
                            .put("read_gb_per_s", result.readGigabytes());
            speeds(model, result.ours());
            var peers = model.putArray("peers");
            for (Figures peer : result.engines().subList(1, result.engines().size())) {
                speeds(peers.addObject().put("engine", peer.engine()), peer);
            }
        }
        var remarks = root.putArray("notes");
        remarks().forEach(remarks::add);
        return root + System.lineSeparator();
    }

    private static void speeds(ObjectNode node, Figures figures) {
        put(node, "decode_tokens_per_s", figures.decode());
        put(node, "decode_share_of_read_limit", figures.share());
        put(node, "batch_tokens_per_s", figures.batch());
        put(node, "prefill_tokens_per_s", figures.prefill());
    }

    private static void put(ObjectNode node, String name, Series series) {
        if (series.known()) {
            node.put(name, series.median());
        } else {
            node.putNull(name);
        }
    }
}
