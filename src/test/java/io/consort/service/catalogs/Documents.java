package io.consort.service.catalogs;

import io.consort.experts.Catalog;
import io.consort.experts.catalog.CatalogFile;
import io.consort.experts.catalog.CatalogFileException;
import java.nio.file.Path;
import java.util.Map;

/** Documents to try things on. */
final class Documents {

    static final String WHOLE =
            """
            # All of it.
            version: 1

            categories:
              - id: arithmetic   # sums
                examples: ["What is 37 + 48?", "2 + 2"]
              - { id: law, examples: ["What is a contract?"] }

            others:
              examples: ["Tell me a joke."]

            experts:
              # The small one.
              - id: small
                local: { checkpoint: small }
                parameters: 3.1M
              - id: gpt
                openai:
                  base-url: "https://host/v1"
                  api-key: "sk-very-secret"   # ours
                  model: gpt-x
                  headers: { x-team: "team-secret" }
                price: { input: 0.15, output: 0.60 }

            map:
              arithmetic: [small, gpt]
              law: [gpt]

            policies:
              - id: default
                mapped: { fallback: gpt, abstain-below: 0.55 }
            """;

    private Documents() {}

    static CatalogDocument whole() {
        return document(WHOLE);
    }

    static CatalogDocument document(String text) {
        try {
            return CatalogDocument.parse(text);
        } catch (CatalogFileException problem) {
            throw new AssertionError(problem);
        }
    }

    static Catalog read(CatalogDocument document) throws CatalogFileException {
        return CatalogFile.read(document.text(), "catalog", Path.of("/catalogs"), Map.of());
    }
}
