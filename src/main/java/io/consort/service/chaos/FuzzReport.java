package io.consort.service.chaos;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * What a service did with malformed requests.
 *
 * @param sent how many there were
 * @param statuses how many were answered with each status
 * @param closed how many ended without an answer
 * @param silent how many were neither answered nor ended in time
 * @param broken what was sent for answers of 500 and above, and for silence: the first few
 * @param leftOpen connections that the service still had afterwards, where that can be told
 */
record FuzzReport(
        long sent,
        Map<Integer, Long> statuses,
        long closed,
        long silent,
        List<String> broken,
        OptionalInt leftOpen) {

    FuzzReport {
        statuses = new TreeMap<>(statuses);
        broken = List.copyOf(broken);
    }

    /** Answers that blame the service. */
    long failures() {
        return statuses.entrySet().stream()
                .filter(status -> status.getKey() >= 500)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Whether the service stood it. */
    boolean isClean() {
        return failures() == 0 && silent == 0 && leftOpen.orElse(0) == 0;
    }

    /** For people. */
    String text() {
        StringBuilder text = new StringBuilder("malformed requests sent   %d%n".formatted(sent));
        statuses.forEach((status, count) ->
                text.append("answered with %d         %d%n".formatted(status, count)));
        text.append("closed without an answer  %d%n".formatted(closed))
                .append("neither in time           %d%n".formatted(silent))
                .append("answers of 500 and above  %d%n".formatted(failures()))
                .append(
                        "connections left open     %s%n"
                                .formatted(
                                        leftOpen.isPresent()
                                                ? Integer.toString(leftOpen.getAsInt())
                                                : "not known on this system"));
        broken.forEach(example -> text.append("  ").append(example).append('\n'));
        return text.toString();
    }

    /** For programs. */
    String json() {
        StringBuilder byStatus = new StringBuilder();
        statuses.forEach((status, count) ->
                byStatus.append(byStatus.isEmpty() ? "" : ",")
                        .append("\"%d\":%d".formatted(status, count)));
        return "{\"sent\":%d,\"statuses\":{%s},\"closed\":%d,\"silent\":%d,\"failures\":%d,\"left_open\":%s,\"clean\":%s}"
                .formatted(
                        sent,
                        byStatus,
                        closed,
                        silent,
                        failures(),
                        leftOpen.isPresent() ? Integer.toString(leftOpen.getAsInt()) : "null",
                        isClean());
    }
}
