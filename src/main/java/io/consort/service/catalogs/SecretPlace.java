package io.consort.service.catalogs;

import java.nio.charset.StandardCharsets;

/**
 * Where a catalog has a secret. A sealed secret opens at its own place alone: an expert whose address
 * changes needs its key again, so that nobody can have a stored key sent elsewhere.
 *
 * @param expert the expert's id
 * @param source the kind of its source, such as {@code openai}
 * @param address where its calls go; empty for the provider's own
 * @param field {@code api-key}, or {@code headers.} and a name
 */
public record SecretPlace(String expert, String source, String address, String field) {

    /** The path of the field in messages. */
    public String path() {
        return "experts.%s.%s.%s".formatted(expert, source, field);
    }

    /** What a sealed secret is bound to. */
    byte[] binding(String tenant) {
        return String.join("\n", "consort", tenant, expert, source, address, field)
                .getBytes(StandardCharsets.UTF_8);
    }
}
