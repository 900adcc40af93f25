package io.consort.service.catalogs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.consort.experts.Catalog;
import io.consort.experts.catalog.CatalogFileException;
import io.consort.service.api.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogDocumentTest {

    @Test
    void aDocumentThatIsNotEditedStaysAsItsAuthorWroteIt() {
        assertThat(Documents.whole().text()).isEqualTo(Documents.WHOLE);
        assertThat(Documents.whole().hash()).hasSize(64);
    }

    @Test
    void aDocumentKnowsItsElements() {
        CatalogDocument document = Documents.whole();
        assertThat(document.ids(Part.CATEGORY)).containsExactly("arithmetic", "law");
        assertThat(document.ids(Part.EXPERT)).containsExactly("small", "gpt");
        assertThat(document.ids(Part.MAP)).containsExactly("arithmetic", "law");
        assertThat(document.ids(Part.POLICY)).containsExactly("default");
        assertThat(document.has(Part.EXPERT, "other")).isFalse();
    }

    @Test
    void anEditKeepsCommentsAndEverythingElse() throws CatalogFileException {
        CatalogDocument edited =
                Documents.whole()
                        .with(
                                Part.EXPERT,
                                "small",
                                "{\"local\":{\"checkpoint\":\"smaller\"},\"price\":{\"input\":0.5}}");
        assertThat(edited.text())
                .contains("# All of it.", "# sums", "# ours", "checkpoint")
                .doesNotContain("3.1M");
        Catalog before = Documents.read(Documents.whole());
        Catalog after = Documents.read(edited);
        assertThat(after.expert("small").orElseThrow().price().input()).isEqualTo(0.5);
        assertThat(after.expert("gpt")).isEqualTo(before.expert("gpt"));
        assertThat(after.categories()).isEqualTo(before.categories());
        assertThat(after.policies()).isEqualTo(before.policies());
        assertThat(edited.ids(Part.EXPERT)).containsExactly("small", "gpt");
    }

    @Test
    void elementsOfEveryPartComeAndGo() throws CatalogFileException {
        CatalogDocument document =
                Documents.whole()
                        .with(Part.CATEGORY, "poems", "examples: [Roses are red]")
                        .with(Part.MAP, "poems", "[gpt]")
                        .with(Part.MAP, "law", "[\"small\"]")
                        .with(Part.POLICY, "one", "pinned: { expert: small }")
                        .without(Part.CATEGORY, "arithmetic")
                        .without(Part.MAP, "arithmetic")
                        .without(Part.POLICY, "default");
        Catalog catalog = Documents.read(document);
        assertThat(catalog.map())
                .isEqualTo(Map.of("law", List.of("small"), "poems", List.of("gpt")));
        assertThat(document.ids(Part.CATEGORY)).containsExactly("law", "poems");
        assertThat(document.ids(Part.POLICY)).containsExactly("one");
    }

    @Test
    void aPartThatIsMissingIsMade() throws CatalogFileException {
        CatalogDocument document =
                Documents.document("{\"version\": 1}")
                        .with(Part.EXPERT, "one", "local: { checkpoint: one }")
                        .with(Part.CATEGORY, "c", "examples: [x]")
                        .with(Part.MAP, "c", "[one]");
        assertThat(Documents.read(document).map()).containsEntry("c", List.of("one"));
    }

    @Test
    void jsonSaysTheSameAsYaml() throws IOException, CatalogFileException {
        byte[] written = Json.write(out -> Documents.whole().write(out));
        assertThat(written).asString().contains("\"output\":0.60");
        JsonNode json = new ObjectMapper().readTree(written);
        assertThat(json.at("/experts/0/parameters").isTextual()).isTrue();
        assertThat(json.at("/version").asInt()).isEqualTo(1);
        assertThat(Documents.read(Documents.document(json.toPrettyString())))
                .isEqualTo(Documents.read(Documents.whole()));
        assertThat(Json.write(out -> Documents.whole().write(out, Part.MAP, "law")))
                .asString()
                .isEqualTo("[\"gpt\"]");
    }

    @ParameterizedTest
    @MethodSource("bad")
    void badDocumentsAreToldWithTheLine(String text, String message) {
        assertThatThrownBy(() -> CatalogDocument.parse(text))
                .isInstanceOf(CatalogFileException.class)
                .hasMessageContaining(message);
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                arguments("", "catalog:1: the file is empty"),
                arguments("[1]", "catalog:1: the document should be a mapping"),
                arguments("version: 1\n  x: [", "catalog:2: this is not YAML"),
                arguments("a: &a [x]\nb: *a", "catalog:1: an alias stands for this again"),
                arguments("a:\n  &a { b: *a }", "catalog:2: an alias stands for this again"));
    }

    @Test
    void anElementMustHaveTheIdOfItsPath() {
        assertThatThrownBy(() -> Documents.whole().with(Part.EXPERT, "a", "{id: b}"))
                .hasMessageContaining("expert a:1: `id` is \"b\" but the path says \"a\"");
        assertThatThrownBy(() -> Documents.whole().with(Part.POLICY, "a", "[]"))
                .hasMessageContaining("policy a:1: this should be a mapping");
    }

    @Test
    void aMapThatIsToBeFoundHasNoElements() {
        CatalogDocument document = Documents.document("map: { from: pool, budget: {} }");
        assertThat(document.plansMap()).isTrue();
        assertThat(document.ids(Part.MAP)).isEmpty();
        assertThat(Documents.whole().plansMap()).isFalse();
    }
}
