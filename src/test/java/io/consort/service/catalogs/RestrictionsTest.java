package io.consort.service.catalogs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestrictionsTest {

    @TempDir private Path folder = Path.of("");

    @Test
    void theEnvironmentIsForRoot() {
        CatalogDocument asking = expert("https://host/v1", "${KEY}");
        assertThat(objections(asking))
                .singleElement()
                .asString()
                .startsWith("catalog:5: `experts.gpt.openai.api-key` names a variable")
                .doesNotContain("${KEY}");
        assertThat(objections(expert("https://${HOST}/v1", "x")))
                .singleElement()
                .asString()
                .contains("base-url");
        assertThat(objections(expert("https://host/v1", "x"))).isEmpty();
    }

    @Test
    void whatIsThereMayStayButNotForAnotherAddress() {
        CatalogDocument before = expert("https://host/v1", "${KEY}");
        assertThat(restrictions().objections(before, Optional.of(before))).isEmpty();
        assertThat(
                        restrictions()
                                .objections(
                                        expert("https://evil/v1", "${KEY}"), Optional.of(before)))
                .hasSize(1);
        assertThat(
                        restrictions()
                                .objections(
                                        expert("https://host/v1", "${OTHER}"), Optional.of(before)))
                .hasSize(1);
    }

    @Test
    void addressesThatAreNotPublicAreForRoot() {
        assertThat(objections(expert("http://inside/v1", "x")))
                .containsExactly(
                        "catalog:4: `experts.gpt.openai.base-url` takes a root key: it is inside;"
                                + " use a public one");
    }

    @Test
    void filesAreNamedInsideTheOpenFoldersAlone() throws IOException {
        Path open = Files.createDirectories(folder.resolve("open"));
        Files.createDirectories(open.resolve("model"));
        Files.createSymbolicLink(open.resolve("link"), folder);
        assertThat(objections(checkpoint("open/model"))).isEmpty();
        assertThat(objections(checkpoint("open/missing"))).isEmpty();
        for (String outside :
                List.of(
                        "/etc/passwd",
                        "open/../secret",
                        "model",
                        "open/link/secret",
                        "open/link")) {
            Files.writeString(folder.resolve("secret"), "");
            assertThat(objections(checkpoint(outside)))
                    .as(outside)
                    .singleElement()
                    .asString()
                    .contains("`experts.e.local.checkpoint`", "use a path below " + open);
        }
    }

    @Test
    void everyFieldThatNamesAFileIsLookedAt() {
        CatalogDocument document =
                Documents.document(
                        """
                        categories: [{ id: c, examples-file: /etc/passwd }]
                        others: { examples-file: /etc/passwd }
                        map: { from: /etc }
                        policies: [{ id: p, blend: { outcomes: /etc } }]
                        """);
        assertThat(objections(document))
                .extracting(problem -> problem.split("`", 3)[1])
                .containsExactlyInAnyOrder(
                        "categories.c.examples-file",
                        "others.examples-file",
                        "map.from",
                        "policies.p.blend.outcomes");
    }

    private List<String> objections(CatalogDocument document) {
        return restrictions().objections(document, Optional.empty());
    }

    private Restrictions restrictions() {
        return new Restrictions(
                folder,
                List.of(folder.resolve("open")),
                address ->
                        "inside".equals(address.getHost())
                                ? Optional.of("it is inside; use a public one")
                                : Optional.empty());
    }

    private static CatalogDocument expert(String address, String key) {
        return Documents.document(
                """
                experts:
                  - id: gpt
                    openai:
                      base-url: "%s"
                      api-key: "%s"
                      model: m
                """
                        .formatted(address, key));
    }

    private static CatalogDocument checkpoint(String name) {
        return Documents.document(
                "experts: [{ id: e, local: { checkpoint: \"%s\" } }]".formatted(name));
    }
}
