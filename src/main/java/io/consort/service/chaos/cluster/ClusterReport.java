package io.consort.service.chaos.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What came of the faults.
 *
 * @param front what clients asked, in words
 * @param rows one for each fault
 * @param died the row in which a node was killed
 * @param besides recorded requests whose answer no client saw
 * @param figures that were measured on the way
 */
public record ClusterReport(
        String front, List<FaultRow> rows, String died, long besides, List<Measured> figures) {

    private static final String LINE = "%-35s %7s %8s %10s %7s %8s %4s %10s %7s %5s %6s%n";

    /** Copies the lists. */
    public ClusterReport {
        rows = List.copyOf(rows);
        figures = List.copyOf(figures);
    }

    /** Whether nothing was lost or counted twice, and all else is as it must be. */
    public boolean isClean() {
        return complaints().isEmpty();
    }

    /** What is not as it must be, in words. */
    public List<String> complaints() {
        List<String> all = new ArrayList<>();
        rows.forEach(row -> all.addAll(row.complaints(row.fault().equals(died))));
        if (uncalledFor() > 0) {
            all.add(
                    "%d records are of requests that nobody can have made"
                            .formatted(uncalledFor()));
        }
        figures.stream()
                .filter(figure -> !figure.holds())
                .map(figure ->
                        "%s: %d%s, not %s"
                                .formatted(
                                        figure.what(),
                                        figure.value(),
                                        figure.unit(),
                                        figure.range()))
                .forEach(all::add);
        return all;
    }

    /** For people. */
    public String text() {
        StringBuilder text = new StringBuilder("Three nodes behind %s%n%n".formatted(front));
        text.append(
                LINE.formatted(
                        "fault",
                        "sent",
                        "answered",
                        "unanswered",
                        "refused",
                        "recorded",
                        "lost",
                        "duplicated",
                        "streams",
                        "whole",
                        "broken"));
        rows.forEach(row -> text.append(line(row)));
        text.append(line(FaultRow.total(rows)));
        text.append(
                "%nRecorded besides, on their way when a node was killed: %d of %d that were not answered%n%n"
                        .formatted(besides, onTheirWay()));
        figures.forEach(figure ->
                text.append(
                        "%s: %d%s (%s)%n"
                                .formatted(
                                        figure.what(),
                                        figure.value(),
                                        figure.unit(),
                                        figure.range())));
        complaints()
                .forEach(complaint -> text.append("NOT AS IT MUST BE: %s%n".formatted(complaint)));
        return text.toString();
    }

    /** For programs. */
    public String json() {
        return "{\"front\":\"%s\",\"faults\":[%s],\"total\":%s,\"recorded_besides\":%d,\"figures\":[%s],\"complaints\":[%s],\"clean\":%s}"
                .formatted(
                        front,
                        rows.stream().map(ClusterReport::json).collect(Collectors.joining(",")),
                        json(FaultRow.total(rows)),
                        besides,
                        figures.stream().map(ClusterReport::json).collect(Collectors.joining(",")),
                        complaints().stream()
                                .map(complaint -> "\"%s\"".formatted(complaint.replace("\"", "'")))
                                .collect(Collectors.joining(",")),
                        isClean());
    }

    /** Requests that a node took with it. */
    private long onTheirWay() {
        FaultRow total = FaultRow.total(rows);
        return total.unanswered() + total.broken() + total.brokenElsewhere();
    }

    private long uncalledFor() {
        return Math.max(0, besides - onTheirWay());
    }

    private static String line(FaultRow row) {
        return LINE.formatted(
                row.fault(),
                row.sent(),
                row.answered(),
                row.unanswered(),
                row.refused(),
                row.recorded(),
                row.lost(),
                row.duplicated(),
                row.streams(),
                row.whole(),
                row.broken() + row.brokenElsewhere());
    }

    private static String json(FaultRow row) {
        return "{\"fault\":\"%s\",\"sent\":%d,\"answered\":%d,\"unanswered\":%d,\"refused\":%d,\"recorded\":%d,\"lost\":%d,\"duplicated\":%d,\"miscounted\":%d,\"streams\":%d,\"whole\":%d,\"broken\":%d,\"broken_elsewhere\":%d,\"disordered\":%d}"
                .formatted(
                        row.fault(),
                        row.sent(),
                        row.answered(),
                        row.unanswered(),
                        row.refused(),
                        row.recorded(),
                        row.lost(),
                        row.duplicated(),
                        row.miscounted(),
                        row.streams(),
                        row.whole(),
                        row.broken(),
                        row.brokenElsewhere(),
                        row.disordered());
    }

    private static String json(Measured figure) {
        return "{\"name\":\"%s\",\"value\":%d,\"least\":%d,\"most\":%d}"
                .formatted(figure.key(), figure.value(), figure.least(), figure.most());
    }
}
