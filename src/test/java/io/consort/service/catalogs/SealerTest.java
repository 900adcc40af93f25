package io.consort.service.catalogs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consort.experts.Secret;
import io.consort.service.catalogs.Sealer.Sealed;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

class SealerTest {

    private static final SecretPlace PLACE =
            new SecretPlace("gpt", "openai", "https://host/v1", "api-key");
    private static final Secret SECRET = new Secret("sk-very-secret");

    private final Sealer sealer = sealer(1);

    @Test
    void aSecretOpensAtItsPlaceAlone() {
        Sealed sealed = sealer.seal("a", PLACE, SECRET);
        assertThat(sealed.toString()).doesNotContain("very-secret");
        assertThat(sealer.open("a", PLACE, sealed.text())).contains(SECRET);
        assertThat(sealer.open("b", PLACE, sealed.text())).isEmpty();
        for (SecretPlace other :
                List.of(
                        new SecretPlace("gpt2", "openai", "https://host/v1", "api-key"),
                        new SecretPlace("gpt", "gemini", "https://host/v1", "api-key"),
                        new SecretPlace("gpt", "openai", "https://evil/v1", "api-key"),
                        new SecretPlace("gpt", "openai", "https://host/v1", "headers.x"))) {
            assertThat(sealer.open("a", other, sealed.text())).as(other.path()).isEmpty();
        }
        assertThat(sealer(2).open("a", PLACE, sealed.text())).isEmpty();
    }

    @Test
    void whatWasTamperedWithDoesNotOpen() {
        String sealed = sealer.seal("a", PLACE, SECRET).text();
        char other = sealed.charAt(20) == 'A' ? 'B' : 'A';
        String tampered = sealed.substring(0, 20) + other + sealed.substring(21);
        assertThat(sealer.open("a", PLACE, tampered)).isEmpty();
    }

    @Test
    void fingerprintsTellEqualSecretsOfOnePlaceAndNothingElse() {
        Sealed once = sealer.seal("a", PLACE, SECRET);
        Sealed again = sealer.seal("a", PLACE, SECRET);
        assertThat(again.fingerprint()).isEqualTo(once.fingerprint()).hasSize(16);
        assertThat(again.text()).isNotEqualTo(once.text());
        assertThat(sealer.seal("a", PLACE, new Secret("sk-other")).fingerprint())
                .isNotEqualTo(once.fingerprint());
        assertThat(sealer.seal("b", PLACE, SECRET).fingerprint()).isNotEqualTo(once.fingerprint());
    }

    @Test
    void aMasterKeyOfAnotherLengthIsRefused() {
        assertThatThrownBy(() -> new Sealer(new byte[16], new SecureRandom()))
                .hasMessageContaining("must have 32 bytes, not 16");
    }

    private static Sealer sealer(int first) {
        byte[] master = new byte[Sealer.MASTER_BYTES];
        master[0] = (byte) first;
        return new Sealer(master, new SecureRandom());
    }
}
