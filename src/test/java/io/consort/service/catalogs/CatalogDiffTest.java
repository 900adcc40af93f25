package io.consort.service.catalogs;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.experts.catalog.CatalogFileException;
import io.consort.service.api.json.Json;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CatalogDiffTest {

    @Test
    void everyChangeIsTold() throws CatalogFileException {
        CatalogDocument after =
                Documents.whole()
                        .with(Part.EXPERT, "new", "local: { checkpoint: new }")
                        .with(
                                Part.EXPERT,
                                "small",
                                "{local: {checkpoint: other}, guard: {retries: 2}}")
                        .with(Part.MAP, "law", "[small, gpt]")
                        .without(Part.POLICY, "default");
        assertThat(diff(Documents.whole(), after).words())
                .containsExactly(
                        "~ expert small: local.checkpoint small -> other; parameters removed;"
                                + " guard.retries added: 2",
                        "+ expert new",
                        "~ map law: [gpt] -> [small, gpt]",
                        "- policy default");
    }

    @Test
    void orderStyleAndCommentsDoNotCount() {
        CatalogDocument one = Documents.document("experts: [{id: a, x: 1}, {id: b}]");
        CatalogDocument same =
                Documents.document("# all\nexperts:\n  - id: b\n  - {x: \"1\", id: a}\n");
        assertThat(diff(one, same).isEmpty()).isTrue();
        assertThat(diff(one, Documents.document("experts: []")).isEmpty()).isFalse();
    }

    @Test
    void longListsAreCounted() {
        String many =
                IntStream.range(0, 100)
                        .mapToObj(i -> "query " + i)
                        .collect(Collectors.joining(", "));
        assertThat(
                        diff(
                                        Documents.document(
                                                "others: {examples: [%s]}".formatted(many)),
                                        Documents.document(
                                                "others: {examples: [%s, more]}".formatted(many)))
                                .words())
                .containsExactly("~ others: examples 100 entries -> 101 entries, 1 of them new");
    }

    @Test
    void theFirstCatalogIsAllNew() {
        CatalogDiff diff = CatalogDiff.between(Optional.empty(), Documents.whole());
        assertThat(diff.words()).contains("+ expert gpt", "+ category law", "+ others");
        assertThat(diff.changes()).allMatch(change -> change.kind() == CatalogDiff.Kind.ADDED);
    }

    @Test
    void jsonHasTheChangesToo() {
        CatalogDiff diff =
                diff(
                        Documents.document("experts: [{id: a, x: 1}]"),
                        Documents.document("experts: [{id: a, y: 2}]"));
        assertThat(Json.write(diff::write))
                .asString()
                .isEqualTo(
                        "[{\"part\":\"expert\",\"id\":\"a\",\"change\":\"changed\",\"fields\":["
                                + "{\"path\":\"x\",\"before\":\"1\",\"after\":null},"
                                + "{\"path\":\"y\",\"before\":null,\"after\":\"2\"}]}]");
    }

    private static CatalogDiff diff(CatalogDocument before, CatalogDocument after) {
        return CatalogDiff.between(Optional.of(before), after);
    }
}
