package io.consort.service.catalogs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consort.experts.Catalog;
import io.consort.experts.ExpertSource;
import io.consort.experts.Secret;
import io.consort.experts.catalog.CatalogFileException;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SealingTest {

    private final Sealing sealing =
            new Sealing(new Sealer(new byte[Sealer.MASTER_BYTES], new SecureRandom()));

    @Test
    void secretsLeaveTheDocumentAndComeBackIntoTheCatalog() throws CatalogFileException {
        Sealing.Result sealed = sealing.seal("t", Documents.whole(), Map.of());
        assertThat(sealed.document().text())
                .contains("api-key: sealed:", "# ours", "# All of it.")
                .doesNotContain("very-secret", "team-secret");
        assertThat(sealed.fresh()).hasSize(2);
        assertThat(sealed.fresh().toString()).doesNotContain("secret");

        Catalog catalog =
                sealing.open(
                        "t", sealed.document(), Documents.read(sealed.document()), sealed.fresh());
        ExpertSource.OpenAi source =
                (ExpertSource.OpenAi) catalog.expert("gpt").orElseThrow().source();
        assertThat(source.apiKey()).contains(new Secret("sk-very-secret"));
        assertThat(source.headers()).containsEntry("x-team", new Secret("team-secret"));
        assertThat(catalog).isEqualTo(Documents.read(Documents.whole()));
        assertThat(catalog.toString()).doesNotContain("secret");
    }

    @Test
    void aMarkerKeepsWhatIsStored() throws CatalogFileException {
        Sealing.Result first = sealing.seal("t", Documents.whole(), Map.of());
        Sealing.Result again = sealing.seal("t", first.document(), first.fresh());
        assertThat(again.document().text()).isEqualTo(first.document().text());
        assertThat(again.fresh()).isEmpty();
        Sealing.Result givenAgain = sealing.seal("t", Documents.whole(), first.fresh());
        assertThat(givenAgain.document().text()).isEqualTo(first.document().text());
        assertThat(givenAgain.fresh()).isEmpty();
    }

    @Test
    void aStoredKeyCannotBeSentElsewhere() throws CatalogFileException {
        Sealing.Result first = sealing.seal("t", Documents.whole(), Map.of());
        CatalogDocument elsewhere =
                Documents.document(
                        first.document().text().replace("https://host/v1", "https://evil/v1"));
        assertThatThrownBy(() -> sealing.seal("t", elsewhere, first.fresh()))
                .isInstanceOf(CatalogFileException.class)
                .hasMessageContaining("`experts.gpt.openai.api-key` is a marker")
                .hasMessageContaining("give the key itself");
        CatalogDocument renamed = Documents.document(first.document().text().replace("gpt", "gtp"));
        assertThatThrownBy(() -> sealing.seal("t", renamed, first.fresh()))
                .hasMessageContaining("`experts.gtp.openai.api-key`");
        assertThatThrownBy(() -> sealing.seal("other", first.document(), first.fresh()))
                .hasMessageContaining("no key is stored");
    }

    @Test
    void variablesStay() throws CatalogFileException {
        CatalogDocument document =
                Documents.document(
                        Documents.WHOLE
                                .replace("sk-very-secret", "${KEY}")
                                .replace("team-secret", "Bearer ${KEY}"));
        Sealing.Result sealed = sealing.seal("t", document, Map.of());
        assertThat(sealed.document().text()).isEqualTo(document.text());
        assertThat(sealed.fresh()).isEmpty();
    }

    @Test
    void whatIsStoredUnderAnotherMasterKeyIsTold() throws CatalogFileException {
        Sealing.Result sealed = sealing.seal("t", Documents.whole(), Map.of());
        byte[] other = new byte[Sealer.MASTER_BYTES];
        other[5] = 1;
        Sealing stranger = new Sealing(new Sealer(other, new SecureRandom()));
        Catalog catalog = Documents.read(sealed.document());
        assertThatThrownBy(() -> stranger.open("t", sealed.document(), catalog, sealed.fresh()))
                .hasMessageContaining("sealed with another master key");
    }
}
