package io.consort.service.bench;

/**
 * A line of the report.
 *
 * @param name in the JSON
 * @param label in the table
 */
record Row(String name, String label, String unit) {

    /** The median and the 99th percentile of one measurement. */
    record Pair(Row median, Row high) {
        Pair(String name, String label) {
            this(
                    new Row(name + "_p50", label + ", p50", "us"),
                    new Row(name + "_p99", label + ", p99", "us"));
        }
    }

    static final Pair LATENCY = new Pair("latency", "answer, 1 connection");
    static final Pair FIRST_PIECE = new Pair("first_chunk", "first chunk of a stream");
    static final Pair OVERHEAD_PINNED = new Pair("overhead_pinned", "overhead header, pinned");
    static final Pair OVERHEAD_20 = new Pair("overhead_20_words", "overhead header, 20 words");
    static final Pair OVERHEAD_200 = new Pair("overhead_200_words", "overhead header, 200 words");
    static final Row LONGEST_GAP =
            new Row(
                    "longest_gap_%d_streams".formatted(Phases.STREAMS),
                    "longest gap, %d streams of 20 ms pieces".formatted(Phases.STREAMS),
                    "ms");

    static Row throughput(int connections) {
        return perSecond("requests_per_second_" + connections, "pinned", connections);
    }

    static Row autoNew(int connections) {
        return perSecond(
                "auto_new_requests_per_second_" + connections, "auto, new prompts", connections);
    }

    static Row autoKnown(int connections) {
        return perSecond(
                "auto_known_requests_per_second_" + connections, "auto, one prompt", connections);
    }

    /** The row of what a server adds to the stub's own time. */
    Row added() {
        return new Row("added_" + name, "added: " + label, unit);
    }

    private static Row perSecond(String name, String what, int connections) {
        return new Row(name, "%s, %d connections".formatted(what, connections), "1/s");
    }
}
