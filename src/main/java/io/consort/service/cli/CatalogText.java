package io.consort.service.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** Prints what a service says about catalogs, for people or as JSON. */
record CatalogText(Terminal terminal, boolean json) {

    /** Prints what a change changed, or would change. */
    void change(JsonNode change) {
        change.path("warnings").forEach(warning -> terminal.err().println(warning.asText()));
        if (json) {
            terminal.out().println(change);
            return;
        }
        long from = change.path("from").asLong();
        long to = change.path("revision").asLong();
        change.path("words").forEach(word -> terminal.out().println(word.asText()));
        if (change.path("words").isEmpty()) {
            terminal.out().println("no difference");
        }
        terminal.out()
                .println(
                        from == to
                                ? "revision %d is live".formatted(to)
                                : "revision %d is live, after %d".formatted(to, from));
    }

    /** Prints a list of revisions. */
    void revisions(JsonNode revisions) {
        if (json) {
            terminal.out().println(revisions);
            return;
        }
        for (JsonNode revision : revisions.path("data")) {
            terminal.out()
                    .printf(
                            "%5d  %.19s  %s%s%n",
                            revision.path("revision").asLong(),
                            revision.path("created").asText(),
                            revision.path("author").asText(),
                            revision.path("comment").asText().isEmpty()
                                    ? ""
                                    : ": " + revision.path("comment").asText());
        }
        if (revisions.path("has_more").asBoolean()) {
            terminal.out().println("  ...");
        }
    }
}
