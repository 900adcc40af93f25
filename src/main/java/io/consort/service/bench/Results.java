package io.consort.service.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import io.consort.service.api.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What was measured, round by round, and how it is reported: medians over the rounds. */
final class Results {

    private static final List<String> COLUMNS =
            List.of(Target.DIRECT, Target.NGINX, Target.GATEWAY);
    private static final List<Row> WITH_ADDED =
            List.of(
                    Row.LATENCY.median(),
                    Row.LATENCY.high(),
                    Row.FIRST_PIECE.median(),
                    Row.FIRST_PIECE.high());

    private final GatewayOptions options;
    private final List<String> notes;
    private final Map<Row, Map<String, List<Double>>> values = new LinkedHashMap<>();

    Results(GatewayOptions options, List<String> notes) {
        this.options = options;
        this.notes = List.copyOf(notes);
    }

    /** One round's value of a server. */
    void add(Row row, String target, double value) {
        values.computeIfAbsent(row, ignored -> new LinkedHashMap<>())
                .computeIfAbsent(target, ignored -> new ArrayList<>())
                .add(value);
    }

    String table() {
        StringBuilder table = new StringBuilder();
        table.append(line("", "", COLUMNS));
        medians()
                .forEach((row, byTarget) ->
                        table.append(
                                line(
                                        row.label(),
                                        row.unit(),
                                        COLUMNS.stream()
                                                .map(column -> shown(byTarget.get(column)))
                                                .toList())));
        table.append('\n');
        notes.forEach(note -> table.append(note).append('\n'));
        table.append(
                "medians of %d interleaved rounds of %s s per measurement%n"
                        .formatted(options.rounds(), seconds()));
        return table.toString();
    }

    String json() {
        byte[] json =
                Json.write(out -> {
                    out.writeStartObject();
                    out.writeNumberField("rounds", options.rounds());
                    out.writeNumberField("seconds", seconds());
                    out.writeArrayFieldStart("notes");
                    for (String note : notes) {
                        out.writeString(note);
                    }
                    out.writeEndArray();
                    out.writeArrayFieldStart("rows");
                    for (Map.Entry<Row, Map<String, OptionalDouble>> row : medians().entrySet()) {
                        writeRow(out, row.getKey(), row.getValue());
                    }
                    out.writeEndArray();
                    out.writeEndObject();
                });
        return new String(json, StandardCharsets.UTF_8);
    }

    private static void writeRow(JsonGenerator out, Row row, Map<String, OptionalDouble> byTarget)
            throws IOException {
        out.writeStartObject();
        out.writeStringField("name", row.name());
        out.writeStringField("unit", row.unit());
        for (String column : COLUMNS) {
            out.writeFieldName(column);
            OptionalDouble value = byTarget.getOrDefault(column, OptionalDouble.empty());
            if (value.isPresent()) {
                out.writeNumber(Math.round(value.getAsDouble() * 100) / 100.0);
            } else {
                out.writeNull();
            }
        }
        out.writeEndObject();
    }

    /** Every row with its medians; rows of added time follow the row they come from. */
    private Map<Row, Map<String, OptionalDouble>> medians() {
        Map<Row, Map<String, OptionalDouble>> medians = new LinkedHashMap<>();
        values.forEach((row, byTarget) -> {
            Map<String, OptionalDouble> own = new LinkedHashMap<>();
            byTarget.forEach((target, all) -> own.put(target, median(all)));
            medians.put(row, own);
            if (WITH_ADDED.contains(row)) {
                medians.put(row.added(), added(byTarget));
            }
        });
        return medians;
    }

    private static Map<String, OptionalDouble> added(Map<String, List<Double>> byTarget) {
        List<Double> direct = byTarget.getOrDefault(Target.DIRECT, List.of());
        Map<String, OptionalDouble> added = new LinkedHashMap<>();
        byTarget.forEach((target, all) -> {
            if (!target.equals(Target.DIRECT)) {
                added.put(
                        target,
                        median(
                                IntStream.range(0, all.size())
                                        .mapToObj(at -> all.get(at) - direct.get(at))
                                        .toList()));
            }
        });
        return added;
    }

    static OptionalDouble median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        if (sorted.isEmpty()) {
            return OptionalDouble.empty();
        }
        int middle = sorted.size() / 2;
        return OptionalDouble.of(
                sorted.size() % 2 == 1
                        ? sorted.get(middle)
                        : (sorted.get(middle - 1) + sorted.get(middle)) / 2);
    }

    private double seconds() {
        return options.seconds().toMillis() / 1e3;
    }

    private static String shown(@Nullable OptionalDouble value) {
        if (value == null || value.isEmpty()) {
            return "-";
        }
        double number = value.getAsDouble();
        return String.format(Locale.ROOT, Math.abs(number) < 100 ? "%.1f" : "%.0f", number);
    }

    private static String line(String label, String unit, List<String> cells) {
        StringBuilder line = new StringBuilder("%-44s %4s".formatted(label, unit));
        cells.forEach(cell -> line.append("%11s".formatted(cell)));
        return line.append('\n').toString();
    }
}
